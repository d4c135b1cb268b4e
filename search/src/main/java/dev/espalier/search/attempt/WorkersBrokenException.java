package dev.espalier.search.attempt;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import java.util.List;

/** The workers fail whatever they are given to do: the job has to stop. */
public final class WorkersBrokenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Tells what failed, and how. */
  public WorkersBrokenException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Every structure in flight failed; tells how the last of them did. */
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
