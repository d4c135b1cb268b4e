package dev.espalier.worker.failure;

import dev.espalier.search.evaluation.Outcome.Failed;

/** An evaluation failed in another process, which has said how, or was lost. */
public final class EvaluationFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Failed.Kind kind;
  private final String reason;

  /** Carries a failure to where it becomes the outcome. */
  public EvaluationFailedException(Failed failed) {
    super(failed.reason());
    this.kind = failed.kind();
    this.reason = failed.reason();
  }

  /** The failure. */
  public Failed failed() {
    return new Failed(kind, reason);
  }
}
