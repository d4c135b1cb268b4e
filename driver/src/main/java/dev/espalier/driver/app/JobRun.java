package dev.espalier.driver.app;

import dev.espalier.driver.app.measure.Workplace;
import dev.espalier.driver.app.plan.JobInputs;
import dev.espalier.driver.app.search.SearchFolder;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.JobLog;
import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.app.watch.ShippedLog;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.metrics.JobMetrics;
import dev.espalier.driver.report.EvaluationTime;
import dev.espalier.driver.report.JobReport;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.file.Json;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.driver.service.process.LocalJob;
import dev.espalier.driver.service.store.Store;
import dev.espalier.driver.service.store.StoreFaults;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import dev.espalier.search.attempt.WorkersBrokenException;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.journal.FencedException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job on the calling thread, from wherever an earlier run was: the same job ends in the same
 * front, however often it was stopped or killed.
 *
 * @param home where its data are, and what only this machine needs
 * @param store where the job lives
 * @param workplace where it finds workers
 * @param endpoint where a job of an id shows its metrics
 * @param screen shows how it gets on
 * @param stop asks it to stop at its next safe point; any thread may make it true
 * @param owner on whose behalf it runs
 * @param clock for the record only
 */
public record JobRun(
    Home home,
    Store store,
    Workplace workplace,
    Function<String, JobMetrics> endpoint,
    JobListener screen,
    BooleanSupplier stop,
    JobOwner owner,
    InstantSource clock) {

  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  /**
   * Runs a job to its end.
   *
   * @param gate what to do if the PruningNet is hardly better than guessing
   * @return the report; empty if the job was asked to stop
   * @throws BadInputException if the job runs already, or was begun with other inputs
   * @throws JobFailedException if it cannot go on
   * @throws UncheckedIOException if its files cannot be used for now, and its owner tries again
   */
  public Optional<JobReport> run(JobFolder job, GatePolicy gate) {
    try {
      return runAlone(job, gate);
    } catch (UncheckedIOException e) {
      if (isTriedAgain(e)) {
        throw e;
      }
      throw onDisk(job, e);
    }
  }

  private boolean isTriedAgain(UncheckedIOException e) {
    return owner.triesAgain() && StoreFaults.mayPass(e);
  }

  private Optional<JobReport> runAlone(JobFolder job, GatePolicy gate) {
    Optional<LocalJob> local = job.local();
    return local.isPresent() ? runLocked(job, local.get(), gate) : runShipped(job, gate);
  }

  private Optional<JobReport> runLocked(JobFolder job, LocalJob local, GatePolicy gate) {
    Optional<ProcessLock> lock = ProcessLock.take(local.lock());
    if (lock.isEmpty()) {
      throw new BadInputException(
          "job %s is running already. Maybe follow it with 'espalier status %s'?"
              .formatted(job.id(), job.id()));
    }
    try (ProcessLock mine = lock.get();
        JobLog log = JobLog.of(job.id().text(), local.log())) {
      return runHere(job, gate);
    }
  }

  /** Where no process can lock a job or append to its log: the service owns it by its lease. */
  private Optional<JobReport> runShipped(JobFolder job, GatePolicy gate) {
    Path file = home.service().resolve("logs").resolve(job.id().text());
    try (ShippedLog shipped = ShippedLog.begin(file, job.folder(), JobFolder.LOG);
        JobLog log = JobLog.of(job.id().text(), file)) {
      return runHere(job, gate);
    }
  }

  private Optional<JobReport> runHere(JobFolder job, GatePolicy gate) {
    try (JobMetrics metrics = endpoint.apply(job.id().text())) {
      return run(job, metrics, new JobMonitor(job, screen, metrics, owner.owns(), clock), gate);
    }
  }

  private Optional<JobReport> run(
      JobFolder job, JobMetrics metrics, JobMonitor monitor, GatePolicy gate) {
    try {
      JobFile file = job.file();
      JobInputs inputs = new JobInputs(job);
      inputs.require("job", JobStore.digest(file));
      int port = metrics.serve(file.spec().output().metricsPort());
      job.local().ifPresent(local -> AtomicFile.write(local.metricsPort(), Json.text(port)));
      Optional<JobReport> report =
          new JobStages(home, store, job, file.spec(), inputs, monitor, workplace, stop)
              .run(gate)
              .map(found -> timed(job, found));
      report.ifPresent(job::writeReport);
      monitor.record(
          report.isPresent() ? Stage.DONE : Stage.STOPPED,
          report.isPresent() ? "finished" : "stopped at a safe point");
      return report;
    } catch (TrainingDivergedException e) {
      monitor.record(Stage.FAILED, "" + e.getMessage());
      throw new JobFailedException("" + e.getMessage(), e);
    } catch (WorkersBrokenException e) {
      LOG.info("failed", e);
      monitor.record(Stage.FAILED, "" + e.getMessage());
      throw new JobFailedException(
          "job %s stops: %s. Maybe mend that, and go on with: espalier resume %s"
              .formatted(job.id(), e.getMessage(), job.id()),
          e);
    } catch (UncheckedIOException e) {
      LOG.info("failed", e);
      if (e.getCause() instanceof FencedException fenced) {
        // The job's status is its new owner's.
        throw new JobFailedException("job %s: %s".formatted(job.id(), fenced.getMessage()), e);
      }
      if (isTriedAgain(e)) {
        monitor.record(Stage.STOPPED, "cannot use its files: %s; tries again".formatted(words(e)));
        throw e;
      }
      JobFailedException told = onDisk(job, e);
      monitor.record(Stage.FAILED, "" + told.getMessage());
      throw told;
    } catch (RuntimeException | Error e) {
      LOG.info("failed", e);
      monitor.record(Stage.FAILED, "" + e.getMessage());
      throw e;
    }
  }

  private static JobReport timed(JobFolder job, JobReport report) {
    return EvaluationTime.of(SearchFolder.results(job.search())).map(report::with).orElse(report);
  }

  /** What the disk would not do, and what to do about it. */
  private static JobFailedException onDisk(JobFolder job, UncheckedIOException e) {
    return new JobFailedException(
        "job %s cannot use its files: %s. All results that were acknowledged are safe. Maybe make room, and go on with: espalier resume %s"
            .formatted(job.id(), words(e), job.id()),
        e);
  }

  private static String words(UncheckedIOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String what =
        e.getMessage() == null || e.getMessage().equals(cause.toString())
            ? ""
            : e.getMessage() + ": ";
    return what + cause.getMessage();
  }
}
