package dev.espalier.driver.service;

import org.jspecify.annotations.Nullable;

/**
 * Where a job stands with the service of its store.
 *
 * @param next 1 if it begins next, 2 after that, and so on; null if it does not wait
 * @param service epoch of the service that runs it, or null
 * @param asked whether that service was asked to stop it
 */
public record Place(@Nullable Integer next, @Nullable Long service, boolean asked) {

  /** A job that has nothing to do with a service. */
  public static final Place NONE = new Place(null, null, false);

  /** A job that waits. */
  public static Place waiting(int next) {
    return new Place(next, null, false);
  }

  /** A job that a service runs. */
  public static Place in(long service, boolean asked) {
    return new Place(null, service, asked);
  }
}
