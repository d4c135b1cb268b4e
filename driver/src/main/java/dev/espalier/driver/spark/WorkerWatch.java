package dev.espalier.driver.spark;

import dev.espalier.worker.evaluate.WorkersObserver;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Notices when somebody has had no worker for a while, which is told once, and when it has one
 * again, so that nobody waits for a cluster that has nothing to give without knowing it.
 *
 * <p>Used by one thread.
 */
public final class WorkerWatch {

  /** Spark property: how long somebody may be without a worker before people are told. */
  private static final String PATIENCE = "spark.espalier.noWorkersAfter";

  private final IntSupplier workers;
  private final Duration patience;
  private final LongSupplier nanos;
  private final WorkersObserver observer;
  private long seen;
  private boolean told;

  /**
   * A watch that has just seen a worker.
   *
   * @param workers how many there are now
   * @param nanos the time in nanoseconds
   */
  WorkerWatch(
      IntSupplier workers, Duration patience, LongSupplier nanos, WorkersObserver observer) {
    this.workers = workers;
    this.patience = patience;
    this.nanos = nanos;
    this.observer = observer;
    this.seen = nanos.getAsLong();
  }

  /** A watch over the workers of a context. */
  public static WorkerWatch of(JavaSparkContext spark, WorkersObserver observer) {
    return new WorkerWatch(
        () -> count(spark),
        Duration.ofSeconds(spark.getConf().getTimeAsSeconds(PATIENCE, "30s")),
        System::nanoTime,
        observer);
  }

  /** This process works itself, or is listed beside those that do. */
  private static int count(JavaSparkContext spark) {
    return spark.isLocal() ? 1 : spark.sc().statusTracker().getExecutorInfos().length - 1;
  }

  /** Looks once; to be called several times a second while somebody waits for workers. */
  public void look() {
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
