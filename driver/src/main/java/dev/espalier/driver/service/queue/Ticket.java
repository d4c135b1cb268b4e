package dev.espalier.driver.service.queue;

import dev.espalier.driver.service.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The place of a job in the queue. It is there from the moment the job is submitted until the job
 * has ended, so a job whose service died still has it.
 *
 * @param id the job
 * @param priority each point is worth a head start of {@link #POINT}
 * @param since when it was submitted, or put back
 * @param forced whether it goes on with a PruningNet that is hardly better than guessing
 * @param service epoch of the service that runs it, or null while it waits
 * @param stopping whether the job was asked to stop
 * @param losses how often in a row the service died that ran it, or lost it as its files could not
 *     be used, before the one that runs it
 */
public record Ticket(
    JobId id,
    int priority,
    Instant since,
    boolean forced,
    @Nullable Long service,
    boolean stopping,
    int losses) {

  /** After so many losses, which may be its own fault, a job is not started again. */
  static final int MOST_LOSSES = 3;

  /**
   * What a point of priority is worth: a job goes before those that were submitted up to this much
   * earlier for each point that it has more. So none waits for ever while others keep coming.
   */
  static final Duration POINT = Duration.ofHours(1);

  /** The order of the queue: the next one first. It does not depend on when one looks. */
  public static final Comparator<Ticket> ORDER =
      Comparator.comparing(Ticket::rank)
          .thenComparing(Ticket::since)
          .thenComparing(ticket -> ticket.id().text());

  /** Refuses what a damaged file lacks. */
  public Ticket {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(since, "since");
  }

  /** The ticket of a job that waits from now on. */
  static Ticket of(JobId id, int priority, Instant since, boolean forced) {
    return new Ticket(id, priority, since, forced, null, false, 0);
  }

  /** When it would have been submitted, had it no priority to be where it is in the queue. */
  private Instant rank() {
    return since.minus(POINT.multipliedBy(priority));
  }

  /** Whether a service runs it. */
  public boolean runsIn(long epoch) {
    return service != null && service == epoch;
  }

  /** Whether it may begin again, seen from a service that does not run it. */
  boolean mayBegin() {
    return !stopping && lost() < MOST_LOSSES;
  }

  /** Losses, once the service that ran it last is known to be dead. */
  private int lost() {
    return service == null ? losses : losses + 1;
  }

  /** The same ticket once a service runs the job. */
  Ticket startedBy(long epoch) {
    return new Ticket(id, priority, since, forced, epoch, stopping, lost());
  }

  /** The same ticket once its service has given the job back: it keeps its place. */
  Ticket released() {
    return new Ticket(id, priority, since, forced, null, stopping, 0);
  }

  /** The same ticket once its service could not use the job's files: a loss. */
  Ticket dropped() {
    return new Ticket(id, priority, since, forced, null, stopping, lost());
  }

  /** The same ticket once the job was asked to stop. */
  Ticket asked() {
    return new Ticket(id, priority, since, forced, service, true, losses);
  }
}
