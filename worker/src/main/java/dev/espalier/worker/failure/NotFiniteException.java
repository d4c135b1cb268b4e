package dev.espalier.worker.failure;

/** Scores or statistics were not numbers. */
public final class NotFiniteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says where it was seen. */
  public NotFiniteException(String message) {
    super(message);
  }
}
