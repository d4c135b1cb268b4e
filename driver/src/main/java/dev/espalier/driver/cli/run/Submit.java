package dev.espalier.driver.cli.run;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.app.JobAdmission;
import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.BackgroundProcess;
import dev.espalier.driver.service.JobFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier submit}: runs a job in the background of this machine. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = "Run a job in the background; it outlives the terminal.")
public final class Submit implements Runnable {

  private static final String MAIN = "dev.espalier.driver.cli.Main";

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();
  @Mixin private final GateOption gate = new GateOption();

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Override
  public void run() {
    JobFolder job = new JobAdmission(home.home()).admit(JobFile.read(file), home.jobs());
    List<String> command =
        new ArrayList<>(
            List.of("resume", job.id().text(), "--home", home.home().root().toString()));
    if (gate.policy() == GatePolicy.FORCE) {
      command.add("--force");
    }
    BackgroundProcess started = BackgroundProcess.start(MAIN, command, job.output());
    job.starts(started);
    output.print(
        Map.of("id", job.id(), "process", started.process(), "folder", job.path()),
        "%s runs as process %d. Follow it with: espalier status %s%s%n"
            .formatted(job.id(), started.process(), job.id(), home.argument()));
  }
}
