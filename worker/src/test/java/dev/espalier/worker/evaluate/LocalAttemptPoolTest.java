package dev.espalier.worker.evaluate;

import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.worker.scorer.ActingScorers;
import java.time.Duration;

final class LocalAttemptPoolTest extends AttemptPoolContract {

  @Override
  protected EvaluationPool open(Duration limit) {
    Evaluators evaluators = Evaluators.open(ActingScorers.context(limit), ActingScorers.source());
    return new OneAttempt(new LocalAttemptPool(evaluators, 2, report -> {}));
  }
}
