package dev.espalier.driver.app.serve;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.app.JobFailedException;
import dev.espalier.driver.metrics.ServiceMetrics;
import dev.espalier.driver.metrics.ServiceMetrics.End;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.queue.JobQueue;
import dev.espalier.driver.service.queue.LeaseLostException;
import dev.espalier.driver.service.queue.QueuePolicy;
import dev.espalier.driver.service.queue.ServiceFolder;
import dev.espalier.driver.service.queue.ServiceLease;
import dev.espalier.driver.service.queue.Ticket;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from the queue of a home and runs them side by side, each on a thread of its own,
 * until it is asked to stop. Then all jobs stop at a safe point and keep their places in the queue
 * for the next service. A job that fails takes nothing else with it.
 *
 * <p>Used by one thread, once.
 */
public final class Service {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final Duration TICK = Duration.ofMillis(200);

  private final ServiceLease lease;
  private final Duration tick;
  private final JobQueue queue;
  private final JobStore jobs;
  private final JobWork work;
  private final ServiceMetrics metrics;
  private final Consumer<String> note;
  private final Trouble trouble;
  private final Duration pause;
  private final Map<JobId, RunningJob> running = new LinkedHashMap<>();

  /**
   * The service that holds a lease.
   *
   * @param metrics show how it gets on
   * @param note tells people which job begins and ends
   */
  public Service(
      ServiceLease lease,
      JobQueue queue,
      JobStore jobs,
      JobWork work,
      ServiceMetrics metrics,
      Consumer<String> note) {
    this(lease, queue, jobs, work, metrics, note, ServiceFolder.SILENCE);
  }

  /** The same, which bears a store that cannot be used for so long. */
  Service(
      ServiceLease lease,
      JobQueue queue,
      JobStore jobs,
      JobWork work,
      ServiceMetrics metrics,
      Consumer<String> note,
      Duration longest) {
    this.lease = lease;
    this.tick = Collections.max(List.of(lease.pace(), TICK));
    this.queue = queue;
    this.jobs = jobs;
    this.work = work;
    this.metrics = metrics;
    this.note = note;
    this.trouble = new Trouble(longest, this::tell);
    // A job may be begun three times: the last time when the service would have given up.
    this.pause = longest.dividedBy(2);
  }

  /**
   * Serves. A store that cannot be used for a while is told, and tried again.
   *
   * @param stop asks it to end; any thread may make it true
   * @throws LeaseLostException if another service has taken the home over
   * @throws JobFailedException if no job can be run any more, or the store could not be used for so
   *     long that others take this service for dead
   */
  public void run(BooleanSupplier stop) {
    QueuePolicy policy = lease.lease().policy();
    metrics.began(epoch(), policy.jobs(), policy.places());
    try {
      while (!stop.getAsBoolean()) {
        tryLookAround();
        LockSupport.parkNanos(tick.toNanos());
      }
    } finally {
      endAll();
    }
  }

  private void tryLookAround() {
    try {
      lookAround();
      trouble.isOver();
    } catch (UncheckedIOException e) {
      if (!trouble.mayPass(e)) {
        throw new JobFailedException(
            "the service cannot use its store (%s), and ends. Its jobs wait for the next one: espalier serve"
                .formatted(Trouble.words(e)),
            e);
      }
    }
  }

  private void lookAround() {
    lease.renew();
    finished().forEach(this::end);
    if (!work.possible()) {
      throw new JobFailedException(
          "the service has lost its workers. Its jobs wait for the next one: espalier serve");
    }
    stopCancelled();
    startNext();
  }

  private void startNext() {
    for (Ticket ticket : queue.start(lease)) {
      JobId id = ticket.id();
      if (running.containsKey(id)) {
        continue;
      }
      GatePolicy gate = ticket.forced() ? GatePolicy.FORCE : GatePolicy.STOP;
      running.put(id, RunningJob.start(id, pause, () -> jobs.find(id), gate, work));
      tell("%s  begins".formatted(id));
    }
  }

  private void stopCancelled() {
    queue.withdrawAbandoned(jobs, epoch());
    List<Ticket> tickets = queue.tickets();
    metrics.looked(QueuePolicy.waiting(tickets, epoch()).size(), running.size());
    for (Ticket ticket : tickets) {
      if (ticket.stopping() && running.containsKey(ticket.id())) {
        running.get(ticket.id()).stop();
      }
    }
  }

  private List<RunningJob> finished() {
    return running.values().stream().filter(job -> job.outcome() != null).toList();
  }

  /** Takes leave of a job that is finished; as long as its ticket cannot be changed it is ours. */
  private void end(RunningJob job) {
    JobId id = job.id();
    Outcome outcome = Objects.requireNonNull(job.outcome(), "what became of it");
    if (outcome == Outcome.DONE || outcome == Outcome.FAILED && work.possible()) {
      queue.ended(id, epoch());
    } else if (outcome == Outcome.LOST && work.possible()) {
      queue.lost(id, epoch());
    } else {
      queue.givenBack(id, epoch());
    }
    running.remove(id);
    metrics.ended(end(outcome));
    tell("%s  %s".formatted(id, job.words()));
  }

  private static End end(Outcome outcome) {
    return switch (outcome) {
      case DONE -> End.DONE;
      case STOPPED -> End.STOPPED;
      case FAILED, LOST -> End.FAILED;
    };
  }

  private void endAll() {
    running.values().forEach(RunningJob::stop);
    while (!running.isEmpty()) {
      tryRenew();
      finished().forEach(this::tryEnd);
      LockSupport.parkNanos(TICK.toNanos());
    }
  }

  private void tryRenew() {
    try {
      lease.renew();
    } catch (LeaseLostException | UncheckedIOException e) {
      // Another service has come, or the disk is gone: our own jobs are still waited for.
      LOG.info("cannot renew the lease", e);
    }
  }

  private void tryEnd(RunningJob job) {
    try {
      end(job);
      trouble.isOver();
    } catch (RuntimeException e) {
      // Whatever it is: other jobs have to be waited for.
      if (!trouble.mayPass(e)) {
        running.remove(job.id());
        tell(
            "%s  %s, and is in the queue still: %s"
                .formatted(job.id(), job.words(), Trouble.words(e)));
      }
    }
  }

  private void tell(String line) {
    LOG.info("{}", line);
    note.accept(line);
  }

  private long epoch() {
    return lease.lease().epoch();
  }
}
