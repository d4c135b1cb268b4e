package dev.espalier.search.simulation;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.space.Structure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Workers that take candidates in turn and finish them in a random order, a few at a time, on the
 * caller's thread.
 */
public final class SimulatedPool implements EvaluationPool {

  private final int workers;
  private final double duplicates;
  private final Function<Structure, Outcome> score;
  private final RandomGenerator random;
  private final Deque<Candidate> queue = new ArrayDeque<>();
  private final List<Candidate> running = new ArrayList<>();
  private final List<Evaluation> finished = new ArrayList<>();
  private long submitted;
  private int mostWaiting;

  /**
   * A pool.
   *
   * @param workers candidates that are evaluated at the same time
   * @param duplicates chance of each result to come back once more later
   * @param score the outcome of a structure
   * @param random decides the order of completion
   */
  public SimulatedPool(
      int workers, double duplicates, Function<Structure, Outcome> score, RandomGenerator random) {
    this.workers = workers;
    this.duplicates = duplicates;
    this.score = score;
    this.random = random;
  }

  /** Candidates submitted so far. */
  public long submitted() {
    return submitted;
  }

  /** The largest number of candidates that were here at once. */
  public int mostWaiting() {
    return mostWaiting;
  }

  @Override
  public void submit(List<Candidate> candidates) {
    queue.addAll(candidates);
    submitted += candidates.size();
    mostWaiting = Math.max(mostWaiting, queue.size() + running.size());
  }

  @Override
  public List<Evaluation> take(Duration limit) {
    while (running.size() < workers && !queue.isEmpty()) {
      running.add(queue.remove());
    }
    List<Evaluation> taken = new ArrayList<>();
    int count = running.isEmpty() ? 0 : 1 + random.nextInt(running.size());
    for (int i = 0; i < count; i++) {
      taken.add(evaluate(running.remove(random.nextInt(running.size()))));
    }
    finished.addAll(taken);
    if (!finished.isEmpty() && random.nextDouble() < duplicates) {
      taken.add(finished.get(random.nextInt(finished.size())));
    }
    return taken;
  }

  private Evaluation evaluate(Candidate candidate) {
    return new Evaluation(
        candidate, score.apply(candidate.structure()), Duration.ofMillis(candidate.index()), 0);
  }

  @Override
  public void close() {}
}
