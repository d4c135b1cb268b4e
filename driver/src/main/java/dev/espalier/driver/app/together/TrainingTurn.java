package dev.espalier.driver.app.together;

import dev.espalier.driver.app.watch.JobListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The turn of one job to train: a training has all cores of a process. */
public final class TrainingTurn implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Semaphore FREE = new Semaphore(1, true);

  private TrainingTurn() {}

  /** Waits until no other job of this process trains; empty if asked to stop before. */
  public static Optional<TrainingTurn> await(JobListener screen, BooleanSupplier stop) {
    if (FREE.tryAcquire()) {
      return Optional.of(new TrainingTurn());
    }
    screen.note("Waiting: another job of this process trains");
    try {
      while (!stop.getAsBoolean()) {
        if (FREE.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
          return Optional.of(new TrainingTurn());
        }
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to train", e);
    }
  }

  @Override
  public void close() {
    FREE.release();
  }
}
