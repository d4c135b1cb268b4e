package dev.espalier.driver.cli.job;

import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.process.LocalJob;
import dev.espalier.driver.service.queue.Cancelled;
import dev.espalier.driver.service.queue.JobQueue;
import dev.espalier.search.job.BadInputException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code espalier cancel}: stops a running job at its next safe point, or at once, and takes one
 * that waits out of the queue.
 */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = {
      "Stop a running job at its next safe point, or take one that waits out of the queue.",
      "'resume' goes on from there."
    })
public final class Cancel implements Runnable {

  private static final String GO_ON = "Go on with: espalier resume %s%s%n";
  private static final String ASKED = "Asked job %s to stop. ";
  private static final String STOPPING_ALREADY =
      "Job %s is stopping already, at its next safe point.";

  @Mixin private final StoreOption home = StoreOption.toWrite();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The job.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Option(
      names = "--now",
      description = "End it at once: only the evaluations and training steps under way are lost.")
  private boolean now;

  /**
   * What was done.
   *
   * @param id the job
   * @param process that ran it, or null if it was in the queue of a service
   * @param done {@code asked}, {@code asked before}, {@code ended} or {@code withdrawn}
   */
  private record Stopped(JobId id, @Nullable Long process, String done) {}

  @Override
  public void run() {
    JobFolder job = home.jobs().find(new JobId(id));
    JobQueue queue = home.queue();
    if (now && queue.isRun(job.id())) {
      throw new BadInputException(
          "job %s runs in a service, together with others that --now would end too. Maybe leave --now out?"
              .formatted(id));
    }
    queue.cancel(job).ifPresentOrElse(done -> report(job, done), () -> stopProcess(job));
  }

  private void stopProcess(JobFolder job) {
    Optional<LocalJob> local = job.local();
    Optional<ProcessHandle> found = local.flatMap(LocalJob::process);
    if (local.isEmpty() || found.isEmpty()) {
      throw new BadInputException(
          "job %s does not run, it is %s".formatted(job.id(), job.status().stage().word()));
    }
    ProcessHandle process = found.get();
    if (now) {
      process.destroyForcibly();
      report(job, process.pid(), "ended", "Ended job %s at once. " + GO_ON);
    } else if (local.get().stopping().filter(process::equals).isPresent()) {
      report(
          job,
          process.pid(),
          "asked before",
          STOPPING_ALREADY + " End it at once with: espalier cancel %s%s --now%n");
    } else {
      local.get().stops(process);
      process.destroy();
      report(job, process.pid(), "asked", ASKED + GO_ON);
    }
  }

  private void report(JobFolder job, Cancelled done) {
    switch (done) {
      case WITHDRAWN -> report(job, null, "withdrawn", "Took job %s out of the queue. " + GO_ON);
      case ASKED -> report(job, null, "asked", ASKED + GO_ON);
      case ASKED_BEFORE ->
          report(
              job,
              null,
              "asked before",
              STOPPING_ALREADY + " Follow it with: espalier watch %s%s%n");
    }
  }

  private void report(JobFolder job, @Nullable Long process, String done, String text) {
    output.print(
        new Stopped(job.id(), process, done), text.formatted(job.id(), job.id(), home.argument()));
  }
}
