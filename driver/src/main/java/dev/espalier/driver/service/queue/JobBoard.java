package dev.espalier.driver.service.queue;

import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.JobSummary;
import dev.espalier.driver.service.ListedJob;
import dev.espalier.driver.service.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The jobs of a home with their places in the queue; changes nothing.
 *
 * @param jobs the jobs
 * @param queue where some of them wait
 */
public record JobBoard(JobStore jobs, JobQueue queue) {

  /** All jobs, the latest first, and after them those that cannot be read. */
  public List<ListedJob> all() {
    return jobs.all(places());
  }

  /**
   * A job by its id.
   *
   * @throws dev.espalier.driver.service.NotFoundException if there is none
   */
  public JobSummary find(JobId id) {
    JobFolder job = jobs.find(id);
    return JobSummary.of(job, places().apply(id));
  }

  private Function<JobId, Place> places() {
    List<Ticket> tickets = queue.tickets();
    long epoch = queue.service().map(Lease::epoch).orElse(0L);
    Map<JobId, Place> places = new HashMap<>();
    tickets.stream()
        .filter(ticket -> ticket.runsIn(epoch))
        .forEach(ticket -> places.put(ticket.id(), Place.in(epoch, ticket.stopping())));
    int next = 1;
    for (Ticket ticket : QueuePolicy.waiting(tickets, epoch)) {
      places.put(ticket.id(), Place.waiting(next++));
    }
    return id -> places.getOrDefault(id, Place.NONE);
  }
}
