package dev.espalier.driver.cli.job;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.search.job.BadInputException;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier cancel}: stops a running job at its next safe point. */
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

  @Override
  public void run() {
    JobFolder job = home.jobs().find(new JobId(id));
    OptionalLong process = ProcessLock.holder(job.lock());
    if (process.isEmpty()) {
      throw new BadInputException(
          "job %s does not run, it is %s".formatted(job.id(), job.status().stage().word()));
    }
    ProcessHandle.of(process.getAsLong()).ifPresent(ProcessHandle::destroy);
    output.print(
        Map.of("id", job.id(), "process", process.getAsLong()),
        "Asked job %s to stop. Go on with: espalier resume %s%n".formatted(job.id(), job.id()));
  }
}
