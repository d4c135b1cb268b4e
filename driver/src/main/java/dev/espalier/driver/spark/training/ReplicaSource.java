package dev.espalier.driver.spark.training;

import dev.espalier.pruningnet.training.parallel.Replica;
import dev.espalier.worker.request.ContentFile;
import java.io.Serializable;

/**
 * Opens replicas of a training on a worker. It travels there by Java serialisation, inside a Spark
 * task. Thread-safe.
 */
@FunctionalInterface
public interface ReplicaSource extends Serializable {

  /**
   * A new replica.
   *
   * @param dataset all images, on this machine
   * @throws dev.espalier.search.job.BadInputException if the file is not what its digest says
   */
  Replica open(ContentFile dataset);
}
