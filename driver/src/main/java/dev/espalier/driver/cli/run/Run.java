package dev.espalier.driver.cli.run;

import dev.espalier.driver.app.JobAdmission;
import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier run}: runs a job in the foreground. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run a job; Ctrl-C stops it at a safe point.")
public final class Run implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();
  @Mixin private final GateOption gate = new GateOption();

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Override
  public Integer call() {
    JobFolder job = new JobAdmission(home.home()).admit(JobFile.read(file), home.jobs());
    return new JobRunner(home, output).run(job, gate.policy());
  }
}
