package dev.espalier.driver.service.queue;

import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.JobStatus;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.NotFoundException;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.process.LocalJob;
import dev.espalier.driver.service.store.Store;
import dev.espalier.search.job.BadInputException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a store that wait for a service or run in one. It needs no service to be read, or to
 * be changed. Safe to use from several processes at once: changes happen one after the other.
 */
public final class JobQueue {

  private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);

  private static final String TOO_MANY_LOSSES =
      "%d times in a row its service ended without a word, or its files could not be used. It said last: '%s'. Maybe it is what crashes services? Look at their log, and try again with: espalier resume %s";

  private final String place;
  private final ServiceFolder folder;
  private final Tickets tickets;
  private final InstantSource clock;

  /** The queue of a store. */
  public JobQueue(Store store, InstantSource clock) {
    this.place = store.place();
    this.folder = ServiceFolder.of(store);
    this.tickets = folder.tickets();
    this.clock = clock;
  }

  /** The service that lives, if one does. */
  public Optional<Lease> service() {
    return folder.living(clock.instant());
  }

  /** All tickets, in no order. */
  public List<Ticket> tickets() {
    return tickets.all();
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
    AtomicReference<@Nullable JobFolder> accepted = new AtomicReference<>();
    int priority = file.spec().output().priority();
    try {
      return tickets.change(
          book -> {
            requireRoom(book);
            JobFolder known = accepted.get();
            JobFolder job = known == null ? jobs.accept(file) : known;
            accepted.set(job);
            book.put(Ticket.of(job.id(), priority, clock.instant(), forced));
            return job;
          });
    } catch (RuntimeException e) {
      JobFolder job = accepted.get();
      if (job != null && isQueued(job.id(), e)) {
        return job;
      }
      if (job != null) {
        discard(job, e);
      }
      throw e;
    }
  }

  /** Whether a job is in the queue in spite of a fault; if that cannot be told, both are thrown. */
  private boolean isQueued(JobId id, RuntimeException fault) {
    try {
      return tickets().stream().anyMatch(ticket -> ticket.id().equals(id));
    } catch (UncheckedIOException e) {
      fault.addSuppressed(e);
      throw fault;
    }
  }

  /**
   * Puts a job that has ended, or lost its process, into the queue again.
   *
   * @throws BadInputException if it is there already, if it runs, or if the queue is full
   */
  public void put(JobFolder job, boolean forced) {
    int priority = job.file().spec().output().priority();
    tickets.change(
        book -> {
          if (book.find(job.id()).isPresent()) {
            throw new BadInputException(
                "job %s is in the queue already. Maybe follow it with 'espalier watch %s'?"
                    .formatted(job.id(), job.id()));
          }
          if (job.local().filter(LocalJob::running).isPresent()) {
            throw runsAlready(job.id());
          }
          requireRoom(book);
          write(job, Stage.PREPARING, "accepted again");
          book.put(Ticket.of(job.id(), priority, clock.instant(), forced));
          return job;
        });
  }

  /** Whether the service that lives runs a job. */
  public boolean isRun(JobId id) {
    long epoch = epoch();
    return tickets().stream().anyMatch(ticket -> ticket.id().equals(id) && ticket.runsIn(epoch));
  }

  /**
   * Takes the jobs that a service is to start now, marks them as its own, and gives all that are:
   * if it could not be told of one that it took, it is told the next time.
   */
  public List<Ticket> start(ServiceLease lease) {
    QueuePolicy policy = lease.lease().policy();
    long epoch = lease.lease().epoch();
    List<Ticket> known = tickets();
    if (policy.next(known, epoch).isEmpty()) {
      return running(known, epoch);
    }
    return tickets.change(
        book -> {
          lease.requireOwner();
          policy.next(book.all(), epoch).forEach(ticket -> book.put(ticket.startedBy(epoch)));
          return running(book.all(), epoch);
        });
  }

  private static List<Ticket> running(List<Ticket> tickets, long epoch) {
    return tickets.stream().filter(ticket -> ticket.runsIn(epoch)).sorted(Ticket.ORDER).toList();
  }

  /** Takes a job out that has ended, if this service runs it still, and was not replaced. */
  public void ended(JobId id, long epoch) {
    change(id, epoch, (book, ticket) -> book.remove(id));
  }

  /**
   * Gives a job back that was stopped along with its service: it keeps its place for the next one,
   * unless somebody has asked it to stop.
   */
  public void givenBack(JobId id, long epoch) {
    change(
        id,
        epoch,
        (book, ticket) -> {
          if (ticket.stopping()) {
            book.remove(id);
          } else {
            book.put(ticket.released());
          }
        });
  }

  /**
   * Gives a job back whose files could not be used: it keeps its place, and after too many losses
   * it is not begun again.
   */
  public void lost(JobId id, long epoch) {
    change(id, epoch, (book, ticket) -> book.put(ticket.dropped()));
  }

  /** Stops a job, or sees to it that it never starts; empty if it is not in the queue. */
  public Optional<Cancelled> cancel(JobFolder job) {
    return tickets.change(
        book -> {
          Optional<Ticket> found = book.find(job.id());
          if (found.isEmpty()) {
            return Optional.empty();
          }
          Ticket ticket = found.get();
          if (!folder.mayRun(ticket)) {
            withdraw(book, job);
            return Optional.of(Cancelled.WITHDRAWN);
          }
          book.put(ticket.asked());
          return Optional.of(ticket.stopping() ? Cancelled.ASKED_BEFORE : Cancelled.ASKED);
        });
  }

  /**
   * Takes out what will not begin again: jobs that an earlier service was asked to stop, and died
   * before it could, and jobs that three services in a row have died with or lost, as the next one
   * would.
   */
  public void withdrawAbandoned(JobStore jobs, long epoch) {
    if (abandoned(tickets(), epoch).isEmpty()) {
      return;
    }
    tickets.change(
        book -> {
          List<Ticket> abandoned = owns(epoch) ? abandoned(book.all(), epoch) : List.of();
          abandoned.forEach(ticket -> withdraw(book, jobs, ticket));
          return abandoned;
        });
  }

  /**
   * Takes a job out that is about to run in a process of its own.
   *
   * @throws BadInputException if a service runs it, or may
   */
  public void leave(JobId id) {
    tickets.change(
        book -> {
          Optional<Ticket> ticket = book.find(id);
          ticket
              .filter(folder::mayRun)
              .ifPresent(
                  taken -> {
                    throw taken.runsIn(epoch()) ? runsAlready(id) : mayRun(taken);
                  });
          book.remove(id);
          return ticket;
        });
  }

  private static List<Ticket> abandoned(List<Ticket> tickets, long epoch) {
    return tickets.stream().filter(ticket -> !ticket.runsIn(epoch) && !ticket.mayBegin()).toList();
  }

  private void withdraw(Tickets.Book book, JobStore jobs, Ticket ticket) {
    try {
      JobFolder job = jobs.find(ticket.id());
      if (ticket.stopping()) {
        withdraw(book, job);
      } else {
        String last = job.status().message();
        write(job, Stage.FAILED, TOO_MANY_LOSSES.formatted(Ticket.MOST_LOSSES, last, job.id()));
      }
    } catch (NotFoundException | BadInputException | UncheckedIOException e) {
      // There is no job that could be marked, and it must not hold up those behind it.
      LOG.info("job {} leaves the queue, and cannot be marked", ticket.id(), e);
    }
    book.remove(ticket.id());
  }

  private void withdraw(Tickets.Book book, JobFolder job) {
    write(job, Stage.STOPPED, "cancelled while it waited");
    book.remove(job.id());
  }

  private void write(JobFolder job, Stage stage, String message) {
    JobStatus status = job.status();
    job.write(status.at(stage, message, clock.instant()));
  }

  private static void discard(JobFolder job, RuntimeException why) {
    try {
      job.discard();
    } catch (UncheckedIOException e) {
      why.addSuppressed(e);
    }
  }

  private void requireRoom(Tickets.Book book) {
    QueuePolicy policy = folder.lease().map(Lease::policy).orElse(QueuePolicy.DEFAULT);
    long epoch = epoch();
    if (policy.full(book.all(), epoch)) {
      throw new BadInputException(
          "the queue of %s is full: %d jobs wait, expected fewer than %d. Maybe wait, cancel one, or start the service with a larger --queue?"
              .formatted(place, QueuePolicy.waiting(book.all(), epoch).size(), policy.places()));
    }
  }

  private long epoch() {
    return service().map(Lease::epoch).orElse(0L);
  }

  private void change(JobId id, long epoch, BiConsumer<Tickets.Book, Ticket> how) {
    tickets.change(
        book -> {
          book.find(id)
              .filter(ticket -> ticket.runsIn(epoch) && owns(epoch))
              .ifPresent(ticket -> how.accept(book, ticket));
          return id;
        });
  }

  /**
   * Whether no other service has taken over: its tickets are the next one's, also before it begins.
   */
  private boolean owns(long epoch) {
    return folder.latestEpoch() == epoch;
  }

  private static BadInputException mayRun(Ticket ticket) {
    return new BadInputException(
        "job %s belongs to service %d, which gives no sign of life and has not ended in order. Maybe start 'espalier serve', which goes on with the job once that service is silent for %d s?"
            .formatted(ticket.id(), ticket.service(), ServiceFolder.SILENCE.toSeconds()));
  }

  private static BadInputException runsAlready(JobId id) {
    return new BadInputException(
        "job %s is running already. Maybe follow it with 'espalier watch %s'?".formatted(id, id));
  }
}
