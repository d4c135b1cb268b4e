package dev.espalier.worker.evaluate;

import dev.espalier.search.attempt.Answer;
import dev.espalier.search.attempt.Attempt;
import dev.espalier.search.attempt.AttemptPool;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import java.time.Duration;
import java.util.List;

/**
 * A pool that gives each candidate one attempt, so that tests see what came of it.
 *
 * @param workers what makes the attempts
 */
public record OneAttempt(AttemptPool workers) implements EvaluationPool {

  @Override
  public void submit(List<Candidate> candidates) {
    workers.submit(candidates.stream().map(candidate -> new Attempt(candidate, 1)).toList());
  }

  @Override
  public List<Evaluation> take(Duration limit) throws InterruptedException {
    return workers.take(limit).stream().map(Answer::evaluation).toList();
  }

  @Override
  public void close() {
    workers.close();
  }
}
