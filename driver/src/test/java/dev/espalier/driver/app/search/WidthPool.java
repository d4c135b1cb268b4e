package dev.espalier.driver.app.search;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A pool in which wide structures are accurate. It returns the latest candidate first, and breaks
 * down after a number of results.
 */
final class WidthPool implements EvaluationPool {

  private static final int IMAGES = 10_000;

  private final Deque<Candidate> waiting = new ArrayDeque<>();
  private int left;

  WidthPool(int results) {
    this.left = results;
  }

  @Override
  public void submit(List<Candidate> candidates) {
    candidates.forEach(waiting::push);
  }

  @Override
  public List<Evaluation> take(Duration limit) {
    if (left-- == 0) {
      throw new IllegalStateException("the power is out");
    }
    Candidate candidate = waiting.pop();
    long correct = 1000 + 10L * Arrays.stream(candidate.structure().toArray()).sum();
    Outcome outcome =
        candidate.index() % 7 == 3
            ? new Outcome.Failed(Outcome.Failed.Kind.ERROR, "every seventh one fails")
            : new Outcome.Scored(correct, IMAGES);
    return List.of(new Evaluation(candidate, outcome, Duration.ofMillis(1), 0));
  }

  @Override
  public void close() {}
}
