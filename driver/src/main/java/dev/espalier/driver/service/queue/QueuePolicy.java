package dev.espalier.driver.service.queue;

import java.util.Collection;
import java.util.List;

/**
 * Decides which jobs a service starts, from the tickets alone. In the order of submission, where
 * each point of priority is worth an hour; a job that a dead service has left behind waits in its
 * old place. Whether jobs side by side get on evenly is not decided here, but where the workers are
 * shared out.
 *
 * @param jobs at most so many run side by side
 * @param places at most so many wait
 */
public record QueuePolicy(int jobs, int places) {

  /** What holds before any service has said otherwise. */
  public static final QueuePolicy DEFAULT = new QueuePolicy(2, 100);

  /** Refuses a service that could do nothing. */
  public QueuePolicy {
    if (jobs < 1 || places < 1) {
      throw new IllegalArgumentException(
          "expected at least one job and one place, found %d and %d".formatted(jobs, places));
    }
  }

  /**
   * The tickets that wait, the next one first: those that the service does not run, that nobody has
   * asked to stop, and that no more than two services have died with.
   *
   * @param epoch of the service that lives; 0 if none does
   */
  public static List<Ticket> waiting(Collection<Ticket> tickets, long epoch) {
    return tickets.stream()
        .filter(ticket -> !ticket.runsIn(epoch) && ticket.mayBegin())
        .sorted(Ticket.ORDER)
        .toList();
  }

  /** The tickets of the jobs to start now. */
  public List<Ticket> next(Collection<Ticket> tickets, long epoch) {
    long running = tickets.stream().filter(ticket -> ticket.runsIn(epoch)).count();
    return waiting(tickets, epoch).stream().limit(Math.max(0, jobs - running)).toList();
  }

  /** Whether no further job may wait. */
  public boolean full(Collection<Ticket> tickets, long epoch) {
    return waiting(tickets, epoch).size() >= places;
  }
}
