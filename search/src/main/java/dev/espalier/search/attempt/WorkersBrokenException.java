package dev.espalier.search.attempt;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import java.util.List;

/** Every structure in flight failed, so it is not the structures: the search has to stop. */
public final class WorkersBrokenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Tells how the last of them failed. */
  public WorkersBrokenException(List<Evaluation> failed) {
    super(
        "all %d structures under way failed %d times each, the last one with: %s"
            .formatted(failed.size(), RetryingPool.ATTEMPTS, reason(failed)));
  }

  private static String reason(List<Evaluation> failed) {
    return failed.get(failed.size() - 1).outcome() instanceof Outcome.Failed last
        ? "%s, %s".formatted(last.kind(), last.reason())
        : "";
  }
}
