package dev.espalier.driver.app.measure;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.spark.SparkAttemptPool;
import dev.espalier.driver.spark.SparkContexts;
import dev.espalier.driver.spark.SparkSettings;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.search.evaluation.AttemptPool;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.RetryingPool;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.cache.Cache;
import dev.espalier.worker.cache.CacheSettings;
import dev.espalier.worker.evaluate.EvaluationObserver;
import dev.espalier.worker.process.ProcessSource;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.ScorerSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark and the score cache of one job: opens pools that measure structures on a split. */
public final class Workers implements AutoCloseable {

  private final Cache cache;
  private final JavaSparkContext spark;
  private final Measurements measurements;
  private final EvaluationObserver observer;

  private Workers(
      Cache cache, JavaSparkContext spark, Measurements measurements, EvaluationObserver observer) {
    this.cache = cache;
    this.spark = spark;
    this.measurements = measurements;
    this.observer = observer;
  }

  /**
   * Starts Spark, and opens the cache if the job wants one.
   *
   * @param home whose jobs share scores and the secret of a cluster
   * @param temporary for Spark's files
   * @param observer told of every evaluation
   */
  public static Workers start(
      Measurements measurements, Home home, Path temporary, EvaluationObserver observer) {
    var asked = measurements.plan().spec().evaluation();
    try {
      Files.createDirectories(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + temporary, e);
    }
    Cache cache = asked.cache() ? Cache.open(home.cache(), CacheSettings.LOOPBACK) : Cache.off();
    try {
      JavaSparkContext spark =
          SparkContexts.start(new SparkSettings(asked.master(), temporary, home.clusterSecret()));
      return new Workers(cache, spark, measurements, observer);
    } catch (RuntimeException e) {
      cache.close();
      throw e;
    }
  }

  /** How the cache was opened, for people. */
  public String cache() {
    return cache.description();
  }

  /** A pool that measures on a split; whoever opens it closes it. */
  public EvaluationPool pool(Split split) {
    EvaluationContext context = measurements.on(split, cache.address());
    AttemptPool workers = SparkAttemptPool.open(spark, context, source(), observer);
    JobSpec spec = measurements.plan().spec();
    int inFlight = Math.max(spec.search().window(), spec.confirmation().top() + 2);
    // Twice what all attempts of all candidates in flight may take on one worker.
    Duration longest =
        context
            .limit()
            .plus(source().recovery())
            .multipliedBy(2L * RetryingPool.ATTEMPTS * inFlight);
    return new RetryingPool(workers, () -> Duration.ofNanos(System.nanoTime()), longest);
  }

  private ScorerSource source() {
    JobSpec spec = measurements.plan().spec();
    PruningNetSource source = PruningNetSource.of(spec);
    return switch (spec.evaluation().isolation()) {
      case THREAD -> source;
      case PROCESS -> new ProcessSource(source);
    };
  }

  @Override
  public void close() {
    try {
      spark.close();
    } finally {
      cache.close();
    }
  }
}
