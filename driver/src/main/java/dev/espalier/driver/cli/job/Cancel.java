package dev.espalier.driver.cli.job;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.search.job.BadInputException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier cancel}: stops a running job at its next safe point, or at once. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Stop a running job at its next safe point; 'resume' goes on from there.")
public final class Cancel implements Runnable {

  @Mixin private final HomeOption home = new HomeOption();
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
   * @param process that ran it
   * @param done {@code asked}, {@code asked before} or {@code ended}
   */
  private record Cancelled(JobId id, long process, String done) {}

  @Override
  public void run() {
    JobFolder job = home.jobs().find(new JobId(id));
    Optional<ProcessHandle> found = job.process();
    if (found.isEmpty()) {
      throw new BadInputException(
          "job %s does not run, it is %s".formatted(job.id(), job.status().stage().word()));
    }
    ProcessHandle process = found.get();
    if (now) {
      process.destroyForcibly();
      report(job, process, "ended", "Ended job %s at once. Go on with: espalier resume %s%s%n");
    } else if (job.stopping().filter(process::equals).isPresent()) {
      report(
          job,
          process,
          "asked before",
          "Job %s is stopping already, at its next safe point. End it at once with:"
              + " espalier cancel %s%s --now%n");
    } else {
      job.stops(process);
      process.destroy();
      report(job, process, "asked", "Asked job %s to stop. Go on with: espalier resume %s%s%n");
    }
  }

  private void report(JobFolder job, ProcessHandle process, String done, String text) {
    output.print(
        new Cancelled(job.id(), process.pid(), done),
        text.formatted(job.id(), job.id(), home.argument()));
  }
}
