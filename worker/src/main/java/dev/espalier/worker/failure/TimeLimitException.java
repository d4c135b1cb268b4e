package dev.espalier.worker.failure;

import java.time.Duration;

/** An evaluation took longer than it may. */
public final class TimeLimitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Names the limit that was passed. */
  public TimeLimitException(Duration limit) {
    super("the evaluation took longer than its limit of %s s".formatted(limit.toMillis() / 1000.0));
  }
}
