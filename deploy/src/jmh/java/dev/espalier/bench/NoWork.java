package dev.espalier.bench;

import dev.espalier.search.attempt.AttemptPool;
import dev.espalier.search.attempt.RetryingPool;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A pool that returns everything at once. */
final class NoWork implements EvaluationPool {

  private final List<Candidate> waiting = new ArrayList<>();

  static Evaluation evaluate(Candidate candidate) {
    return new Evaluation(candidate, ChainSearch.score(candidate.structure()), Duration.ZERO, 0);
  }

  /** Workers whose attempts are waited for as long as they take. */
  static EvaluationPool patiently(AttemptPool workers) {
    return new RetryingPool(workers, () -> Duration.ofNanos(System.nanoTime()), Duration.ofDays(1));
  }

  @Override
  public void submit(List<Candidate> candidates) {
    waiting.addAll(candidates);
  }

  @Override
  public List<Evaluation> take(Duration limit) {
    List<Evaluation> done = waiting.stream().map(NoWork::evaluate).toList();
    waiting.clear();
    return done;
  }

  @Override
  public void close() {}
}
