package dev.espalier.search.job;

/**
 * Something that a user gave cannot be used. The message is complete: it names the file, line or
 * field, what was found and what is expected, and is shown without a stack trace.
 */
public final class BadInputException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** An error that people can mend by the message alone. */
  public BadInputException(String message) {
    super(message);
  }

  /** The same, with what brought it to light. */
  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
