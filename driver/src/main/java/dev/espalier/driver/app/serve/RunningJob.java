package dev.espalier.driver.app.serve;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.store.StoreFaults;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job of a service and the thread that runs it. */
final class RunningJob {

  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final JobId id;
  private final Duration pause;
  private final Thread thread;
  private volatile boolean stop;

  /** A failure unless the thread says otherwise: it may not have the memory to say anything. */
  private volatile Outcome outcome = Outcome.FAILED;

  private volatile String words = "failed";

  private RunningJob(
      JobId id, Duration pause, Supplier<JobFolder> job, GatePolicy gate, JobWork work) {
    this.id = id;
    this.pause = pause;
    this.thread = new Thread(() -> run(job, gate, work), "job " + id);
  }

  /**
   * Starts a job.
   *
   * @param pause how long it takes a rest if its files cannot be used
   * @param job finds it, which may go wrong as all else may
   */
  static RunningJob start(
      JobId id, Duration pause, Supplier<JobFolder> job, GatePolicy gate, JobWork work) {
    RunningJob running = new RunningJob(id, pause, job, gate, work);
    running.thread.start();
    return running;
  }

  JobId id() {
    return id;
  }

  /** Asks the job to stop at its next safe point. */
  void stop() {
    stop = true;
  }

  /** What became of it, or null while it runs. */
  @Nullable Outcome outcome() {
    return thread.isAlive() ? null : outcome;
  }

  /** What it ended with, for people. */
  String words() {
    return words;
  }

  private void run(Supplier<JobFolder> job, GatePolicy gate, JobWork work) {
    try {
      boolean done = work.run(job.get(), gate, () -> stop);
      words = done ? "done" : "stopped at a safe point";
      outcome = done ? Outcome.DONE : Outcome.STOPPED;
    } catch (RuntimeException | Error e) {
      // One job's trouble, even a lack of memory, must not end the others.
      LOG.info("job {} failed", id, e);
      if (StoreFaults.mayPass(e)) {
        words = "interrupted: " + Trouble.words(e);
        outcome = Outcome.LOST;
        rest();
      } else {
        words = "failed: " + e.getMessage();
        outcome = Outcome.FAILED;
      }
    }
  }

  /** Gives its files time to come back. */
  private void rest() {
    long since = System.nanoTime();
    while (!stop && System.nanoTime() - since < pause.toNanos()) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
