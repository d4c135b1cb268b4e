package dev.espalier.driver.app.measure;

import dev.espalier.driver.spark.slice.SparkSlices;
import dev.espalier.driver.spark.training.ReplicaSource;
import dev.espalier.driver.spark.training.SparkReplicas;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.evaluate.EvaluationObserver;
import dev.espalier.worker.evaluate.WorkersObserver;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;

/** Where jobs find their workers: each its own, or those of a service that all its jobs share. */
public interface Workplace {

  /**
   * Refuses a job whose workers cannot be had, before anything long is done for it.
   *
   * @throws dev.espalier.search.job.BadInputException naming the master
   */
  default void require(JobSpec job) {}

  /**
   * Workers for a job, on the thread of the job; whoever opens them closes them.
   *
   * @param temporary folder of the job for what its workers may throw away
   * @param observer told of every evaluation
   */
  Workers workers(Measurements measurements, Path temporary, EvaluationObserver observer);

  /**
   * Replicas that train a job's PruningNet, on the thread of the job; whoever opens them closes
   * them.
   *
   * @param dataset the images
   * @param temporary folder of the job for what its workers may throw away
   * @param observer told when there are no workers
   * @throws dev.espalier.search.job.BadInputException if there are too few workers
   */
  SparkReplicas replicas(
      JobSpec job,
      ContentFile dataset,
      ReplicaSource source,
      Path temporary,
      WorkersObserver observer);

  /**
   * Long works on a job's workers, on the thread of the job; whoever opens them closes them.
   *
   * @param dataset the images
   * @param temporary folder of the job for what its workers may throw away
   * @param observer told when there are no workers
   */
  SparkSlices slices(JobSpec job, ContentFile dataset, Path temporary, WorkersObserver observer);
}
