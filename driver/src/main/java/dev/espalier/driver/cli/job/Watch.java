package dev.espalier.driver.cli.job;

import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.cli.progress.Screen;
import dev.espalier.driver.report.text.Words;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.JobStatus;
import dev.espalier.driver.service.JobSummary;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.queue.JobBoard;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier watch}: shows how a job gets on, until it has ended. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Show how a job gets on until it has ended, wherever it runs; Ctrl-C leaves the job alone.",
      "With --json one document a line, whenever something has changed. Exit code 0: it is done."
    })
public final class Watch implements Callable<Integer> {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int NOT_DONE = 1;

  @Mixin private final StoreOption home = StoreOption.toRead();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The job.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Override
  public Integer call() {
    JobBoard board = home.board();
    JobSummary job = board.find(new JobId(id));
    try (Screen screen = output.screen()) {
      @Nullable JobSummary before = null;
      while (true) {
        show(before, job, screen);
        if (!Logs.isUnderWay(job)) {
          break;
        }
        before = job;
        LockSupport.parkNanos(Logs.pause(job.folder(), BETWEEN_LOOKS).toNanos());
        job = board.find(job.id());
      }
    }
    return job.status().stage() == Stage.DONE ? 0 : NOT_DONE;
  }

  private void show(@Nullable JobSummary before, JobSummary job, Screen screen) {
    if (job.equals(before)) {
      return;
    }
    if (output.isJson()) {
      output.printLine(job);
      return;
    }
    JobStatus status = job.status();
    if (before == null
        || !before.state().equals(job.state())
        || !before.status().message().equals(status.message())) {
      screen.stage(status.stage(), "%s  %s".formatted(job.state(), status.message()));
    }
    if (job.place() != null && (before == null || !job.place().equals(before.place()))) {
      screen.note("  place %d in the queue".formatted(job.place()));
    }
    if (job.running() && status.total() > 0) {
      Double best = status.bestAccuracy();
      screen.progress(
          new Progress(
              status.done(),
              status.total(),
              status.unit(),
              best == null ? "" : "best " + Words.percent(best)));
    }
  }
}
