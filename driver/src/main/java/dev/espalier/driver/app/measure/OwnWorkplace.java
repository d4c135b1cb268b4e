package dev.espalier.driver.app.measure;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.file.Folders;
import dev.espalier.driver.spark.SparkContexts;
import dev.espalier.driver.spark.SparkSettings;
import dev.espalier.driver.spark.slice.SparkSlices;
import dev.espalier.driver.spark.training.ReplicaSource;
import dev.espalier.driver.spark.training.RoundStart;
import dev.espalier.driver.spark.training.SparkReplicas;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.cache.Cache;
import dev.espalier.worker.cache.CacheSettings;
import dev.espalier.worker.evaluate.EvaluationObserver;
import dev.espalier.worker.evaluate.WorkersObserver;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The workplace of a process that runs one job: Spark starts with the master that the job names,
 * and ends with the job.
 *
 * @param home whose jobs share scores and the secret of a cluster
 */
public record OwnWorkplace(Home home) implements Workplace {

  @Override
  public void require(JobSpec job) {
    SparkContexts.require(job.evaluation().master());
  }

  @Override
  public Workers workers(Measurements measurements, Path temporary, EvaluationObserver observer) {
    var asked = measurements.plan().spec().evaluation();
    Folders.make(temporary);
    Cache cache = asked.cache() ? Cache.open(home.cache(), CacheSettings.LOOPBACK) : Cache.off();
    try {
      JavaSparkContext spark = start(asked.master(), temporary);
      return new Workers(cache, spark, measurements, observer, () -> close(spark, cache));
    } catch (RuntimeException e) {
      cache.close();
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
    Folders.make(temporary);
    JavaSparkContext spark = start(job.evaluation().master(), temporary);
    return SparkReplicas.open(
        spark,
        job.pruningNet().training().workers(),
        dataset,
        source,
        RoundStart.TOGETHER,
        observer,
        () -> SparkContexts.stop(spark));
  }

  @Override
  public SparkSlices slices(
      JobSpec job, ContentFile dataset, Path temporary, WorkersObserver observer) {
    Folders.make(temporary);
    JavaSparkContext spark = start(job.evaluation().master(), temporary);
    return SparkSlices.open(spark, dataset, observer, () -> SparkContexts.stop(spark));
  }

  private JavaSparkContext start(String master, Path temporary) {
    return SparkContexts.start(new SparkSettings(master, temporary, home.clusterSecret(), 1));
  }

  static void close(JavaSparkContext spark, Cache cache) {
    try {
      SparkContexts.stop(spark);
    } finally {
      cache.close();
    }
  }
}
