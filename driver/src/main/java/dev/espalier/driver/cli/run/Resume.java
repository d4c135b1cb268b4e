package dev.espalier.driver.cli.run;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.service.JobId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier resume}: goes on with a job. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Go on with a job that was stopped, killed or failed, from where it was.")
public final class Resume implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();
  @Mixin private final GateOption gate = new GateOption();

  @Parameters(paramLabel = "ID", description = "The job.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Override
  public Integer call() {
    return new JobRunner(home, output).run(home.jobs().find(new JobId(id)), gate.policy());
  }
}
