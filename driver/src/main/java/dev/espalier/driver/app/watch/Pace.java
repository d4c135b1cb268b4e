package dev.espalier.driver.app.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells how long something will still take, from how long it took so far: time so far x units left
 * / units done. Used by one thread.
 */
public final class Pace {

  private final LongSupplier nanoTime;
  private final long begun;
  private long first = -1;

  /** Begins now. */
  public Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /** The time left; empty before there is anything to tell it from. */
  public Optional<Duration> remaining(long done, long total) {
    if (first < 0) {
      first = done;
    }
    if (done <= first || total < done) {
      return Optional.empty();
    }
    double perUnit = (double) (nanoTime.getAsLong() - begun) / (done - first);
    return Optional.of(Duration.ofNanos((long) (perUnit * (total - done))));
  }
}
