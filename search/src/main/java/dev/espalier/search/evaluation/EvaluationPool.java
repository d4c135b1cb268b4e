package dev.espalier.search.evaluation;

import java.time.Duration;
import java.util.List;

/**
 * The port through which the engine has candidates evaluated. Every submitted candidate comes back
 * exactly once from {@link #take}, in any order, as long as the pool is open; a candidate that
 * cannot be measured comes back as {@link Outcome.Failed}.
 *
 * <p>Called from one thread.
 */
public interface EvaluationPool extends AutoCloseable {

  /** Hands candidates over and returns at once. */
  void submit(List<Candidate> candidates);

  /**
   * The evaluations that have finished since the last call, at least one unless the time limit runs
   * out first.
   */
  List<Evaluation> take(Duration limit) throws InterruptedException;

  /** Gives up what is under way and frees the workers. */
  @Override
  void close();
}
