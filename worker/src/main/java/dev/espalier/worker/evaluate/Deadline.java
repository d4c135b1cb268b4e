package dev.espalier.worker.evaluate;

import dev.espalier.worker.failure.TimeLimitException;
import dev.espalier.worker.scorer.Checkpoint;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A checkpoint that stops work which has used up its time.
 *
 * @param limit time allowed
 * @param start reading of the clock when the time began
 * @param nanoTime a clock that never goes back, in nanoseconds
 */
record Deadline(Duration limit, long start, LongSupplier nanoTime) implements Checkpoint {

  /** A deadline whose time begins now. */
  static Deadline after(Duration limit, LongSupplier nanoTime) {
    return new Deadline(limit, nanoTime.getAsLong(), nanoTime);
  }

  /** Time used so far. */
  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }

  @Override
  public void check() {
    if (elapsed().compareTo(limit) > 0) {
      throw new TimeLimitException(limit);
    }
  }
}
