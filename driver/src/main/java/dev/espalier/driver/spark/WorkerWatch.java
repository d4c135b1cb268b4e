package dev.espalier.driver.spark;

import dev.espalier.worker.evaluate.EvaluationObserver;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Notices when a pool has had no worker for a while, which is told once, and when it has one again,
 * so that nobody waits for a cluster that has nothing to give without knowing it.
 *
 * <p>Used by one thread.
 */
final class WorkerWatch {

  /** Spark property: how long a pool may be without a worker before people are told. */
  static final String PATIENCE = "spark.espalier.noWorkersAfter";

  private final IntSupplier workers;
  private final Duration patience;
  private final LongSupplier nanos;
  private final EvaluationObserver observer;
  private long seen;
  private boolean told;

  /**
   * A watch that has just seen a worker.
   *
   * @param workers how many there are now
   * @param nanos the time in nanoseconds
   */
  WorkerWatch(
      IntSupplier workers, Duration patience, LongSupplier nanos, EvaluationObserver observer) {
    this.workers = workers;
    this.patience = patience;
    this.nanos = nanos;
    this.observer = observer;
    this.seen = nanos.getAsLong();
  }

  /** Looks once; to be called several times a second while somebody waits for workers. */
  void look() {
    long now = nanos.getAsLong();
    if (workers.getAsInt() > 0) {
      seen = now;
      if (told) {
        told = false;
        observer.workersAreBack();
      }
    } else if (!told && now - seen >= patience.toNanos()) {
      told = true;
      observer.noWorkers(Duration.ofNanos(now - seen));
    }
  }
}
