package dev.espalier.driver.app.measure;

import dev.espalier.driver.spark.SparkAttemptPool;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.search.attempt.AttemptPool;
import dev.espalier.search.attempt.RetryingPool;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.cache.Cache;
import dev.espalier.worker.evaluate.EvaluationObserver;
import dev.espalier.worker.process.ProcessSource;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.ScorerSource;
import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Spark and the score cache as one job meets them: opens pools that measure structures on a split.
 * Used by the thread of the job.
 */
public final class Workers implements AutoCloseable {

  private final Cache cache;
  private final JavaSparkContext spark;
  private final Measurements measurements;
  private final EvaluationObserver observer;
  private final Runnable leave;

  /**
   * The workers of a job.
   *
   * @param observer told of every evaluation
   * @param leave what is done once the job needs them no more
   */
  Workers(
      Cache cache,
      JavaSparkContext spark,
      Measurements measurements,
      EvaluationObserver observer,
      Runnable leave) {
    this.cache = cache;
    this.spark = spark;
    this.measurements = measurements;
    this.observer = observer;
    this.leave = leave;
  }

  /** How the cache was opened, for people. */
  public String cache() {
    return cache.description();
  }

  /** A pool that measures on a split; whoever opens it closes it. */
  public EvaluationPool pool(Split split) {
    EvaluationContext context = measurements.on(split, cache.address());
    ScorerSource source = source();
    AttemptPool workers = SparkAttemptPool.open(spark, context, source, observer);
    JobSpec spec = measurements.plan().spec();
    int inFlight = Math.max(spec.search().window(), spec.confirmation().top() + 2);
    // Twice what all attempts of all candidates in flight may take on one worker.
    Duration longest =
        context.limit().plus(source.recovery()).multipliedBy(2L * RetryingPool.ATTEMPTS * inFlight);
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
    leave.run();
  }
}
