package dev.espalier.driver.app.watch;

import dev.espalier.driver.metrics.JobMetrics;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStatus;
import dev.espalier.driver.service.Stage;
import dev.espalier.worker.evaluate.EvaluationObserver;
import dev.espalier.worker.evaluate.EvaluationReport;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all who want to know how a job gets on: the screen, the log, the metrics, and the status
 * file, which is written at most once a second. Goes on from what earlier runs of the job wrote. A
 * status that cannot be written is told, and the next one is tried: no job ends for it. None is
 * written once the job is another owner's.
 *
 * <p>Finished evaluations may come from any thread, all else comes from the thread of the job.
 */
public final class JobMonitor implements JobListener, EvaluationObserver {

  private static final Logger LOG = LoggerFactory.getLogger(JobMonitor.class);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** How often the last status of a job is tried, as none comes after it. */
  private static final int TRIES = 5;

  private final JobFolder job;
  private final JobListener screen;
  private final JobMetrics metrics;
  private final BooleanSupplier owns;
  private final InstantSource clock;
  private final Duration between;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private JobStatus status;
  private Pace pace = new Pace(System::nanoTime);
  private Instant counted;
  private String before = "";
  private boolean unwritten;

  /**
   * Goes on with a job.
   *
   * @param owns whether the job is still ours to write about, asked before each status
   */
  public JobMonitor(
      JobFolder job,
      JobListener screen,
      JobMetrics metrics,
      BooleanSupplier owns,
      InstantSource clock) {
    this.job = job;
    this.screen = screen;
    this.metrics = metrics;
    this.owns = owns;
    this.clock = clock;
    this.between = Collections.max(List.of(job.folder().pace(), BETWEEN));
    this.status = job.status();
    this.counted = clock.instant();
    hits.add(status.counts().cacheHits());
    misses.add(status.counts().cacheMisses());
  }

  /** What is known now. */
  public JobStatus status() {
    return status;
  }

  /** Where numbers for dashboards go. */
  public JobMetrics metrics() {
    return metrics;
  }

  @Override
  public void stage(Stage stage, String message) {
    screen.stage(stage, message);
    pace = new Pace(System::nanoTime);
    record(stage, message);
  }

  /** Writes down the stage that begins, or what the job ended with, and shows nothing. */
  public void record(Stage stage, String message) {
    LOG.info("{}: {}", stage.word(), message);
    write();
    status = status.at(stage, message, clock.instant());
    write();
    for (int tries = 1; unwritten && stage.ended() && tries < TRIES; tries++) {
      LockSupport.parkNanos(BETWEEN.toNanos());
      write();
    }
  }

  @Override
  public void progress(Progress progress) {
    screen.progress(progress);
    status =
        status.progress(
            progress.done(),
            progress.total(),
            progress.unit(),
            pace.remaining(progress.done(), progress.total()).orElse(null));
    if (Duration.between(status.updated(), clock.instant()).compareTo(between) >= 0) {
      write();
    }
  }

  @Override
  public void note(String line) {
    LOG.info("{}", line);
    screen.note(line);
  }

  @Override
  public void evaluated(EvaluationReport report) {
    hits.add(report.hits());
    misses.add(report.misses());
    metrics.evaluations().evaluated(report);
  }

  @Override
  public void noWorkers(Duration since) {
    before = status.message();
    String line =
        "no workers for %d s: the cluster offers no core with enough memory, or its workers have ended"
            .formatted(since.toSeconds());
    note(line);
    status = status.saying(line);
    write();
  }

  @Override
  public void workersAreBack() {
    note("workers are back");
    status = status.saying(before);
    write();
  }

  /** What the search has learned so far. */
  public void learned(long evaluations, long failures, @Nullable Double bestAccuracy) {
    status =
        status.with(
            new JobStatus.Counts(evaluations, failures, hits.sum(), misses.sum()), bestAccuracy);
    metrics.trials(evaluations);
    if (bestAccuracy != null) {
      metrics.bestAccuracy(bestAccuracy);
    }
  }

  private void write() {
    Instant now = clock.instant();
    JobStatus.Counts known = status.counts();
    status =
        status
            .with(
                new JobStatus.Counts(
                    known.evaluations(), known.failures(), hits.sum(), misses.sum()),
                status.bestAccuracy())
            .spent(Duration.between(counted, now), now);
    counted = now;
    try {
      if (owns.getAsBoolean()) {
        job.write(status);
      }
      unwritten = false;
    } catch (UncheckedIOException e) {
      if (!unwritten) {
        LOG.info("the status cannot be written", e);
        screen.note(
            "%s: %s; tries again"
                .formatted(e.getMessage(), e.getCause() == null ? "" : e.getCause().getMessage()));
      }
      unwritten = true;
    }
  }
}
