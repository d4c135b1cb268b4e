package dev.espalier.driver.app.serve;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.metrics.ServiceMetrics.End;
import dev.espalier.driver.service.JobFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job of a service and the thread that runs it. */
final class RunningJob {

  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

  private final JobFolder job;
  private final Thread thread;
  private volatile boolean stop;
  private volatile @Nullable End end;
  private volatile String words = "";

  private RunningJob(JobFolder job, GatePolicy gate, JobWork work) {
    this.job = job;
    this.thread = new Thread(() -> run(gate, work), "job " + job.id());
  }

  /** Starts a job. */
  static RunningJob start(JobFolder job, GatePolicy gate, JobWork work) {
    RunningJob running = new RunningJob(job, gate, work);
    running.thread.start();
    return running;
  }

  JobFolder job() {
    return job;
  }

  /** Asks the job to stop at its next safe point. */
  void stop() {
    stop = true;
  }

  /** How it ended, or null while it runs. */
  @Nullable End end() {
    return thread.isAlive() ? null : end;
  }

  /** What it ended with, for people. */
  String words() {
    return words;
  }

  private void run(GatePolicy gate, JobWork work) {
    try {
      boolean done = work.run(job, gate, () -> stop);
      words = done ? "done" : "stopped at a safe point";
      end = done ? End.DONE : End.STOPPED;
    } catch (RuntimeException | Error e) {
      // One job's trouble, even a lack of memory, must not end the others.
      LOG.info("job {} failed", job.id(), e);
      words = "failed: " + e.getMessage();
      end = End.FAILED;
    }
  }
}
