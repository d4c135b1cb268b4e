package dev.espalier.driver.app;

/**
 * A job cannot go on, for a reason that lies in the job and not in this program. The message is
 * complete and is shown without a stack trace.
 */
public final class JobFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** A failure that people can mend by the message alone. */
  public JobFailedException(String message) {
    super(message);
  }

  /** The same, with what brought it to light. */
  public JobFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
