package dev.espalier.search.attempt;

import dev.espalier.search.evaluation.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * The port to workers as they are: an attempt may be answered late, more than once or never, in any
 * order, and a worker that breaks takes its attempt with it. An attempt that is known to have come
 * to nothing is answered with {@link Outcome.Failed}.
 *
 * <p>Called from one thread.
 */
public interface AttemptPool extends AutoCloseable {

  /** Hands attempts over and returns at once. */
  void submit(List<Attempt> attempts);

  /**
   * The answers that have come since the last call, at least one unless the time limit runs out
   * first.
   */
  List<Answer> take(Duration limit) throws InterruptedException;

  /** Gives up what is under way and frees the workers. */
  @Override
  void close();
}
