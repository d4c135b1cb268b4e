package dev.espalier.driver.spark;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Knows which tasks of a pool are running and for how long, which cannot be seen from a job: its
 * task may wait for a free worker, and may still be running after the job was cancelled.
 * Thread-safe.
 */
final class TaskClock extends SparkListener {

  /** Local property of Spark that holds the name of the pool that a job belongs to. */
  static final String POOL = "spark.espalier.pool";

  private record Running(int job, long start) {}

  private final String pool;
  private final Map<Integer, Integer> jobOfStage = new ConcurrentHashMap<>();
  private final Map<Long, Running> tasks = new ConcurrentHashMap<>();

  TaskClock(String pool) {
    this.pool = pool;
  }

  @Override
  public void onJobStart(SparkListenerJobStart event) {
    if (!pool.equals(event.properties().getProperty(POOL))) {
      return;
    }
    for (Object stage : CollectionConverters.asJava(event.stageIds())) {
      jobOfStage.put((Integer) stage, event.jobId());
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart event) {
    Integer job = jobOfStage.get(event.stageId());
    if (job != null) {
      tasks.put(event.taskInfo().taskId(), new Running(job, System.nanoTime()));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    tasks.remove(event.taskInfo().taskId());
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd event) {
    jobOfStage.values().removeIf(job -> job == event.jobId());
  }

  /** The jobs, cancelled ones too, whose task has been running for longer than a time. */
  Set<Integer> jobsRunningFor(Duration atLeast) {
    long now = System.nanoTime();
    return tasks.values().stream()
        .filter(task -> now - task.start() > atLeast.toNanos())
        .map(Running::job)
        .collect(Collectors.toSet());
  }

  /** Whether any of these jobs has not ended or has a task that is still running. */
  boolean isBusyWith(Set<Integer> jobs) {
    return jobOfStage.values().stream().anyMatch(jobs::contains)
        || tasks.values().stream().anyMatch(task -> jobs.contains(task.job()));
  }
}
