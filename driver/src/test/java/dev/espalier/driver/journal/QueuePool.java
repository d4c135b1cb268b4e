package dev.espalier.driver.journal;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Evaluates in the order of proposal, some at a time; the score follows from the structure. */
public final class QueuePool implements EvaluationPool {

  private final Deque<Candidate> queue = new ArrayDeque<>();
  private final int most;

  /** A pool that answers up to so many candidates at a time. */
  public QueuePool(int most) {
    this.most = most;
  }

  @Override
  public void submit(List<Candidate> candidates) {
    queue.addAll(candidates);
  }

  @Override
  public List<Evaluation> take(Duration limit) {
    List<Candidate> done = queue.stream().limit(most).toList();
    queue.removeAll(done);
    return done.stream().map(QueuePool::evaluate).toList();
  }

  private static Evaluation evaluate(Candidate candidate) {
    long correct = Math.floorMod(candidate.structure().hashCode(), 1000);
    return new Evaluation(candidate, new Outcome.Scored(correct, 1000), Duration.ZERO, 0);
  }

  @Override
  public void close() {}
}
