package dev.espalier.driver.spark.slice;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Knows which of Spark's jobs have had a worker, until they end. Spark's own tracker may say it
 * seconds later, with the next event of the stage. Thread-safe.
 */
final class BegunJobs extends SparkListener {

  private final Map<Integer, Integer> jobOfStage = new ConcurrentHashMap<>();
  private final Set<Integer> begun = ConcurrentHashMap.newKeySet();

  @Override
  public void onJobStart(SparkListenerJobStart event) {
    for (Object stage : CollectionConverters.asJava(event.stageIds())) {
      jobOfStage.put((Integer) stage, event.jobId());
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart event) {
    Integer job = jobOfStage.get(event.stageId());
    if (job != null) {
      begun.add(job);
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd event) {
    jobOfStage.values().removeIf(job -> job == event.jobId());
    begun.remove(event.jobId());
  }

  /** Whether a job has had a worker. */
  boolean contains(int job) {
    return begun.contains(job);
  }
}
