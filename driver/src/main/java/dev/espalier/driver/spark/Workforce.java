package dev.espalier.driver.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The workers that Spark has now.
 *
 * @param executors processes; 1 where the workers are threads of this one
 * @param slots structures that they can measure at a time
 * @param busy slots that measure one
 */
public record Workforce(int executors, int slots, int busy) {

  /** Listeners hear of the next task of a core before they hear that the last one has ended. */
  private static int busy(ExecutorSummary worker) {
    return Math.min(worker.activeTasks(), worker.totalCores());
  }

  /** Counts the workers of a context; none once it is stopped. */
  public static Workforce of(JavaSparkContext spark) {
    if (spark.sc().isStopped()) {
      return new Workforce(0, 0, 0);
    }
    // A driver that is no worker itself is listed too, with no cores.
    List<ExecutorSummary> workers =
        CollectionConverters.asJava(spark.sc().statusStore().executorList(true)).stream()
            .filter(executor -> executor.totalCores() > 0)
            .toList();
    return new Workforce(
        workers.size(),
        workers.stream().mapToInt(ExecutorSummary::totalCores).sum(),
        workers.stream().mapToInt(Workforce::busy).sum());
  }
}
