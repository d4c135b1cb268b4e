package dev.espalier.driver.spark;

import dev.espalier.driver.spark.file.WorkerFile;
import dev.espalier.worker.request.EvaluationContext;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How the files of a context come to a worker.
 *
 * @param weights of the PruningNet
 * @param dataset the images
 */
record WorkerFiles(WorkerFile weights, WorkerFile dataset) implements Serializable, AutoCloseable {

  /** The way for the workers of a Spark context. */
  static WorkerFiles of(JavaSparkContext spark, EvaluationContext context) {
    return new WorkerFiles(
        WorkerFile.of(spark, context.weights()), WorkerFile.of(spark, context.dataset()));
  }

  /** On a worker: the context with its files at their places on this machine. */
  EvaluationContext place(EvaluationContext context) {
    return context.withFiles(weights.place(), dataset.place());
  }

  /** On the driver: gives up what workers need to get the files. */
  @Override
  public void close() {
    weights.close();
    dataset.close();
  }
}
