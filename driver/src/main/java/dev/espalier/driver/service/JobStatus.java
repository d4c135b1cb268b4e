package dev.espalier.driver.service;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a job has come; rewritten every few seconds while it runs.
 *
 * @param stage where it stands
 * @param message one line for people
 * @param done steps or structures done in this stage
 * @param total steps or structures of this stage; 0 where it is not known
 * @param remaining time that this stage still needs, or null where it cannot be said
 * @param evaluations structures measured by the search so far
 * @param failures structures that could not be measured
 * @param cacheHits score shards and statistics found in the cache
 * @param cacheMisses score shards and statistics that had to be made
 * @param bestAccuracy best accuracy on the selection images, 0 to 1, or null before the first
 * @param updated when this was written
 */
public record JobStatus(
    Stage stage,
    String message,
    long done,
    long total,
    @Nullable Duration remaining,
    long evaluations,
    long failures,
    long cacheHits,
    long cacheMisses,
    @Nullable Double bestAccuracy,
    Instant updated) {

  /** A job that has just been accepted. */
  public static JobStatus accepted(Instant now) {
    return new JobStatus(Stage.PREPARING, "accepted", 0, 0, null, 0, 0, 0, 0, null, now);
  }

  /** The same job at another stage. */
  public JobStatus at(Stage next, String words, Instant now) {
    return new JobStatus(
        next,
        words,
        done,
        total,
        null,
        evaluations,
        failures,
        cacheHits,
        cacheMisses,
        bestAccuracy,
        now);
  }

  /** The same stage further on. */
  public JobStatus progress(long steps, long of, @Nullable Duration left, Instant now) {
    return new JobStatus(
        stage,
        message,
        steps,
        of,
        left,
        evaluations,
        failures,
        cacheHits,
        cacheMisses,
        bestAccuracy,
        now);
  }
}
