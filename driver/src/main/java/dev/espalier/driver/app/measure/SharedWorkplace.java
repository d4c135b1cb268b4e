package dev.espalier.driver.app.measure;

import dev.espalier.driver.app.watch.JobLog;
import dev.espalier.driver.service.file.Folders;
import dev.espalier.driver.spark.SparkContexts;
import dev.espalier.driver.spark.SparkSettings;
import dev.espalier.driver.spark.Workforce;
import dev.espalier.driver.spark.slice.SparkSlices;
import dev.espalier.driver.spark.training.ReplicaSource;
import dev.espalier.driver.spark.training.RoundStart;
import dev.espalier.driver.spark.training.SparkReplicas;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.cache.Cache;
import dev.espalier.worker.cache.CacheStatistics;
import dev.espalier.worker.evaluate.EvaluationObserver;
import dev.espalier.worker.evaluate.WorkersObserver;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The workplace of a service: one Spark application and one score cache for all its jobs. Each job
 * is a pool of Spark's fair scheduler, so that free workers go to the job that has the fewest;
 * which worker measures what changes no score. Thread-safe.
 */
public final class SharedWorkplace implements Workplace, AutoCloseable {

  /** Local property of Spark that names the pool of the fair scheduler. */
  private static final String SCHEDULER_POOL = "spark.scheduler.pool";

  private final JavaSparkContext spark;
  private final Cache cache;

  /** Names that are used again: Spark never forgets a pool. */
  private final BlockingQueue<String> pools;

  private SharedWorkplace(JavaSparkContext spark, Cache cache, int jobs) {
    this.spark = spark;
    this.cache = cache;
    this.pools =
        new LinkedBlockingQueue<>(IntStream.range(0, jobs).mapToObj(i -> "job-" + i).toList());
  }

  /**
   * Starts Spark.
   *
   * @param settings of Spark; as many jobs as it names may have workers at a time
   * @param cache where the scores are kept; closed with the workplace
   */
  public static SharedWorkplace start(SparkSettings settings, Cache cache) {
    Folders.make(settings.folder());
    try {
      return new SharedWorkplace(SparkContexts.start(settings), cache, settings.jobs());
    } catch (RuntimeException e) {
      cache.close();
      throw e;
    }
  }

  /** Whether Spark still runs; if not, no job can go on here. */
  public boolean isOpen() {
    return !spark.sc().isStopped();
  }

  /** The workers that it has now. */
  public Workforce workforce() {
    return Workforce.of(spark);
  }

  /** Asks its own member of the cache for figures; empty if the cache is another process's. */
  public Optional<Supplier<CacheStatistics>> cacheStatistics() {
    return cache.statistics();
  }

  @Override
  public Workers workers(Measurements measurements, Path temporary, EvaluationObserver observer) {
    boolean cached = measurements.plan().spec().evaluation().cache();
    Runnable leave = enter();
    try {
      return new Workers(cached ? cache : Cache.off(), spark, measurements, observer, leave);
    } catch (RuntimeException e) {
      leave.run();
      throw e;
    }
  }

  @Override
  public SparkReplicas replicas(
      JobSpec job,
      ContentFile dataset,
      ReplicaSource source,
      Path temporary,
      WorkersObserver observer) {
    Runnable leave = enter();
    return SparkReplicas.open(
        spark,
        job.pruningNet().training().workers(),
        dataset,
        source,
        RoundStart.AS_FREE,
        observer,
        leave);
  }

  @Override
  public SparkSlices slices(
      JobSpec job, ContentFile dataset, Path temporary, WorkersObserver observer) {
    Runnable leave = enter();
    return SparkSlices.open(spark, dataset, observer, leave);
  }

  /**
   * Has what this thread asks of Spark belong to its job; gives what is to be done once the job
   * needs no workers any more, and is done only once.
   */
  private Runnable enter() {
    String pool = pools.remove();
    AtomicBoolean left = new AtomicBoolean();
    spark.setLocalProperty(SCHEDULER_POOL, pool);
    if (spark.isLocal()) {
      JobLog.handOn(spark::setLocalProperty);
    } else {
      JobLog.handOnJob(spark::setLocalProperty);
    }
    return () -> {
      if (left.compareAndSet(false, true)) {
        pools.add(pool);
      }
    };
  }

  @Override
  public void close() {
    OwnWorkplace.close(spark, cache);
  }
}
