package dev.espalier.driver.service.queue;

import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.JobStatus;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.NotFoundException;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.search.job.BadInputException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The jobs of a home that wait for a service or run in one. It needs no service to be read, or to
 * be changed. Safe to use from several processes at once: changes happen one after the other.
 */
public final class JobQueue {

  private static final String TOO_MANY_LOSSES =
      "%d services in a row ended without a word while they ran it. Maybe it is what crashes them? Look at their log, and try again with: espalier resume %s";

  private final ServiceFolder folder;
  private final InstantSource clock;

  public JobQueue(ServiceFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The service that lives, if one does. */
  public Optional<Lease> service() {
    return folder.living(clock.instant());
  }

  /** All tickets, in no order. */
  public List<Ticket> tickets() {
    return folder.tickets();
  }

  /** The place of a job among those that wait, 1 for the next one; empty if it does not wait. */
  public Optional<Integer> place(JobId id) {
    List<JobId> waiting = QueuePolicy.waiting(tickets(), epoch()).stream().map(Ticket::id).toList();
    return Optional.of(waiting.indexOf(id) + 1).filter(place -> place > 0);
  }

  /**
   * Accepts a job and puts it into the queue: it is in the store and in the queue, or in neither.
   *
   * @param forced whether it goes on with a PruningNet that is hardly better than guessing
   * @throws BadInputException if the queue is full
   */
  public JobFolder submit(JobFile file, JobStore jobs, boolean forced) {
    return alone(
        () -> {
          requireRoom();
          JobFolder job = jobs.accept(file);
          int priority = file.spec().output().priority();
          folder.write(Ticket.of(job.id(), priority, clock.instant(), forced));
          return job;
        });
  }

  /**
   * Puts a job that has ended, or lost its process, into the queue again.
   *
   * @throws BadInputException if it is there already, if it runs, or if the queue is full
   */
  public void put(JobFolder job, boolean forced) {
    int priority = JobFile.read(job.jobFile()).spec().output().priority();
    alone(
        () -> {
          if (folder.ticket(job.id()).isPresent()) {
            throw new BadInputException(
                "job %s is in the queue already. Maybe follow it with 'espalier watch %s'?"
                    .formatted(job.id(), job.id()));
          }
          if (ProcessLock.holder(job.lock()).isPresent()) {
            throw runsAlready(job.id());
          }
          requireRoom();
          write(job, Stage.PREPARING, "accepted again");
          folder.write(Ticket.of(job.id(), priority, clock.instant(), forced));
          return job;
        });
  }

  /** Whether the service that lives runs a job. */
  public boolean isRun(JobId id) {
    return folder.ticket(id).filter(ticket -> ticket.runsIn(epoch())).isPresent();
  }

  /** Takes the jobs that a service is to start now, and marks them as its own. */
  public List<Ticket> start(ServiceLease lease) {
    QueuePolicy policy = lease.lease().policy();
    long epoch = lease.lease().epoch();
    if (policy.next(tickets(), epoch).isEmpty()) {
      return List.of();
    }
    return alone(
        () -> {
          lease.requireOwner();
          List<Ticket> next = policy.next(tickets(), epoch);
          next.forEach(ticket -> folder.write(ticket.startedBy(epoch)));
          return next;
        });
  }

  /** Takes a job out that has ended, if this service runs it still. */
  public void ended(JobId id, long epoch) {
    change(id, epoch, ticket -> folder.remove(id));
  }

  /**
   * Gives a job back that was stopped along with its service: it keeps its place for the next one,
   * unless somebody has asked it to stop.
   */
  public void givenBack(JobId id, long epoch) {
    change(
        id,
        epoch,
        ticket -> {
          if (ticket.stopping()) {
            folder.remove(id);
          } else {
            folder.write(ticket.released());
          }
        });
  }

  /** Stops a job, or sees to it that it never starts; empty if it is not in the queue. */
  public Optional<Cancelled> cancel(JobFolder job) {
    return alone(
        () -> {
          Optional<Ticket> found = folder.ticket(job.id());
          if (found.isEmpty()) {
            return Optional.empty();
          }
          Ticket ticket = found.get();
          if (!ticket.runsIn(epoch())) {
            withdraw(job);
            return Optional.of(Cancelled.WITHDRAWN);
          }
          folder.write(ticket.asked());
          return Optional.of(ticket.stopping() ? Cancelled.ASKED_BEFORE : Cancelled.ASKED);
        });
  }

  /**
   * Takes out what will not begin again: jobs that an earlier service was asked to stop, and died
   * before it could, and jobs that three services in a row have died with, as the next one would.
   */
  public void withdrawAbandoned(JobStore jobs, long epoch) {
    if (abandoned(epoch).isEmpty()) {
      return;
    }
    alone(
        () -> {
          List<Ticket> abandoned = abandoned(epoch);
          abandoned.forEach(ticket -> withdraw(jobs, ticket));
          return abandoned;
        });
  }

  /**
   * Takes a job out that is about to run in a process of its own.
   *
   * @throws BadInputException if a service runs it
   */
  public void leave(JobId id) {
    alone(
        () -> {
          Optional<Ticket> ticket = folder.ticket(id);
          if (ticket.filter(found -> found.runsIn(epoch())).isPresent()) {
            throw runsAlready(id);
          }
          folder.remove(id);
          return ticket;
        });
  }

  private List<Ticket> abandoned(long epoch) {
    return tickets().stream()
        .filter(ticket -> !ticket.runsIn(epoch) && !ticket.mayBegin())
        .toList();
  }

  private void withdraw(JobStore jobs, Ticket ticket) {
    try {
      JobFolder job = jobs.find(ticket.id());
      if (ticket.stopping()) {
        withdraw(job);
      } else {
        write(job, Stage.FAILED, TOO_MANY_LOSSES.formatted(Ticket.MOST_LOSSES, job.id()));
      }
    } catch (NotFoundException | BadInputException e) {
      // There is no job any more that could be marked.
    }
    folder.remove(ticket.id());
  }

  private void withdraw(JobFolder job) {
    write(job, Stage.STOPPED, "cancelled while it waited");
    folder.remove(job.id());
  }

  private void write(JobFolder job, Stage stage, String message) {
    JobStatus status = job.status();
    job.write(status.at(stage, message, clock.instant()));
  }

  private void requireRoom() {
    QueuePolicy policy = folder.lease().map(Lease::policy).orElse(QueuePolicy.DEFAULT);
    if (policy.full(tickets(), epoch())) {
      throw new BadInputException(
          "the queue of %s is full: %d jobs wait, expected fewer than %d. Maybe wait, cancel one, or start the service with a larger --queue?"
              .formatted(
                  folder.path().resolveSibling("").normalize(),
                  QueuePolicy.waiting(tickets(), epoch()).size(),
                  policy.places()));
    }
  }

  private long epoch() {
    return service().map(Lease::epoch).orElse(0L);
  }

  private void change(JobId id, long epoch, Consumer<Ticket> how) {
    alone(
        () -> {
          folder.ticket(id).filter(ticket -> ticket.runsIn(epoch)).ifPresent(how);
          return id;
        });
  }

  private static BadInputException runsAlready(JobId id) {
    return new BadInputException(
        "job %s is running already. Maybe follow it with 'espalier watch %s'?".formatted(id, id));
  }

  private <T> T alone(Supplier<T> what) {
    try (ProcessLock lock = folder.queueLock()) {
      return what.get();
    }
  }
}
