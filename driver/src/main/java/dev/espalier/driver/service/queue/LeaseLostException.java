package dev.espalier.driver.service.queue;

/** Another service has taken the home over; this one must end at once and change nothing more. */
public final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1;

  LeaseLostException(String message) {
    super(message);
  }
}
