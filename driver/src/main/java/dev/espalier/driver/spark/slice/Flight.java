package dev.espalier.driver.spark.slice;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A slice under way: an asynchronous Spark job of one task.
 *
 * @param attempt how often it was begun from the same files
 * @param from the files, on their way
 * @param action Spark's handle of the job
 */
record Flight<R extends Serializable>(
    JavaSparkContext spark,
    int attempt,
    Broadcast<FolderBytes> from,
    JavaFutureAction<List<SliceTask.Answer<R>>> action) {

  static <R extends Serializable> Flight<R> begin(
      JavaSparkContext spark, int attempt, SliceTask<R> task) {
    return new Flight<>(
        spark,
        attempt,
        task.from(),
        spark.parallelize(List.of(0), 1).map(any -> task.run()).collectAsync());
  }

  boolean isDone() {
    return action.isDone();
  }

  /** Spark's number of the job. */
  int job() {
    return action.jobIds().get(0);
  }

  /**
   * What the slice came to.
   *
   * @throws ExecutionException if its worker was lost
   */
  SliceTask.Answer<R> land() throws ExecutionException {
    try {
      return action.get().get(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while workers work", e);
    } finally {
      if (!spark.sc().isStopped()) {
        from.destroy(spark.isLocal());
      }
    }
  }

  /** Gives it up. Its files are left to Spark's cleaner, as a task may still be reading them. */
  void cancel() {
    action.cancel(true);
  }
}
