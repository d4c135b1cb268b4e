package dev.espalier.driver.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a job has come; rewritten every few seconds while it runs.
 *
 * @param stage where it stands
 * @param message one line for people
 * @param done units done in this stage
 * @param total units of this stage; 0 where it is not known
 * @param unit what is counted, in the plural; empty where nothing is
 * @param remaining time that this stage still needs, or null where it cannot be said
 * @param counts what became of structures and cache so far
 * @param bestAccuracy best accuracy on the selection images, 0 to 1, or null before the first
 * @param time spent in each stage, in all runs of the job
 * @param updated when this was written
 */
public record JobStatus(
    Stage stage,
    String message,
    long done,
    long total,
    String unit,
    @Nullable Duration remaining,
    Counts counts,
    @Nullable Double bestAccuracy,
    Map<String, Duration> time,
    Instant updated) {

  /** Copies the times, and refuses what a damaged file lacks. */
  public JobStatus {
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(counts, "counts");
    Objects.requireNonNull(updated, "updated");
    time = Map.copyOf(time);
  }

  /**
   * Numbers that only grow, over all runs of a job.
   *
   * @param evaluations structures measured by the search
   * @param failures structures that could not be measured
   * @param cacheHits scores of shards and statistics found in the cache
   * @param cacheMisses scores of shards and statistics that had to be made
   */
  public record Counts(long evaluations, long failures, long cacheHits, long cacheMisses) {

    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);
  }

  /** Whether nobody has begun with the job since it was accepted, for the first time or again. */
  boolean untouched() {
    return stage == Stage.PREPARING && message.startsWith("accepted");
  }

  /** A job that has just been accepted. */
  public static JobStatus accepted(Instant now) {
    return new JobStatus(
        Stage.PREPARING, "accepted", 0, 0, "", null, Counts.NONE, null, Map.of(), now);
  }

  /** The same job at the begin of a stage. */
  public JobStatus at(Stage next, String words, Instant now) {
    return new JobStatus(next, words, 0, 0, "", null, counts, bestAccuracy, time, now);
  }

  /** The same job with another line for people. */
  public JobStatus saying(String words) {
    return new JobStatus(
        stage, words, done, total, unit, remaining, counts, bestAccuracy, time, updated);
  }

  /** The same job further on in its stage. */
  public JobStatus progress(long steps, long of, String units, @Nullable Duration left) {
    return new JobStatus(
        stage, message, steps, of, units, left, counts, bestAccuracy, time, updated);
  }

  /** The same job with other numbers. */
  public JobStatus with(Counts now, @Nullable Double best) {
    return new JobStatus(stage, message, done, total, unit, remaining, now, best, time, updated);
  }

  /** The same job after more time in its stage. */
  public JobStatus spent(Duration more, Instant now) {
    Map<String, Duration> sum = new TreeMap<>(time);
    sum.merge(stage.word(), more, Duration::plus);
    return new JobStatus(
        stage, message, done, total, unit, remaining, counts, bestAccuracy, sum, now);
  }
}
