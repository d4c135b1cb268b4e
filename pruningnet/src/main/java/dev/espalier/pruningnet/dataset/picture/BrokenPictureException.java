package dev.espalier.pruningnet.dataset.picture;

/** Bytes that are no whole, readable picture. */
public final class BrokenPictureException extends Exception {

  private static final long serialVersionUID = 1;

  private final String reason;

  /** What was found and what is expected, without the picture's name. */
  public BrokenPictureException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** The same, with what brought it to light. */
  public BrokenPictureException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** What was found and what is expected. */
  public String reason() {
    return reason;
  }
}
