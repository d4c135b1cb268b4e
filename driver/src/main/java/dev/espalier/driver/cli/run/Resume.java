package dev.espalier.driver.cli.run;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.queue.JobQueue;
import dev.espalier.search.job.BadInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier resume}: goes on with a job. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Go on with a job that was stopped, killed or failed, from where it was: in the queue of the",
      "service that runs in this home, or else in this process. With --store always in the queue."
    })
public final class Resume implements Callable<Integer> {

  @Mixin private final StoreOption home = StoreOption.toWrite();
  @Mixin private final OutputOption output = new OutputOption();
  @Mixin private final GateOption gate = new GateOption();

  @Parameters(paramLabel = "ID", description = "The job.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Option(names = "--here", description = "In this process, even if a service runs.")
  private boolean here;

  @Override
  public Integer call() {
    JobFolder job = home.jobs().find(new JobId(id));
    JobQueue queue = home.queue();
    if (here && home.isShared()) {
      throw new BadInputException("--here: the jobs of a --store run in a service only");
    }
    if (home.isShared() || !here && queue.service().isPresent()) {
      queue.put(job, gate.policy() == GatePolicy.FORCE);
      QueueText.print(job, queue, home, output);
      return 0;
    }
    queue.leave(job.id());
    return new JobRunner(home, output).run(job, gate.policy());
  }
}
