package dev.espalier.driver.cli.run;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.app.JobAdmission;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.process.BackgroundProcess;
import dev.espalier.driver.service.process.LocalJob;
import dev.espalier.driver.service.queue.JobQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier submit}: hands a job to the service, or runs it in the background. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = {
      "Put a job into the queue of the service that runs in this home. If none runs, run the job in",
      "a background process of its own, which outlives the terminal. With --store only write the",
      "job: the service that takes it looks whether its data will do."
    })
public final class Submit implements Runnable {

  private static final String MAIN = "dev.espalier.driver.cli.Main";

  @Mixin private final StoreOption home = StoreOption.toWrite();
  @Mixin private final OutputOption output = new OutputOption();
  @Mixin private final GateOption gate = new GateOption();

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Option(names = "--queue", description = "Put it into the queue even if no service runs yet.")
  private boolean queued;

  @Override
  public void run() {
    JobFile read = JobFile.read(file);
    JobQueue queue = home.queue();
    if (home.isShared()) {
      // Data sets are the service's, so it is the service that finds out whether they will do.
      JobFolder job = queue.submit(read, home.jobs(), gate.policy() == GatePolicy.FORCE);
      QueueText.print(job, queue, home, output);
    } else if (queued || queue.service().isPresent()) {
      JobFolder job = new JobAdmission(home.home()).queue(read, home.jobs(), queue, gate.policy());
      QueueText.print(job, queue, home, output);
    } else {
      runInBackground(new JobAdmission(home.home()).admit(read, home.jobs()));
    }
  }

  private void runInBackground(JobFolder job) {
    List<String> command =
        new ArrayList<>(
            List.of("resume", job.id().text(), "--here", "--home", home.home().root().toString()));
    if (gate.policy() == GatePolicy.FORCE) {
      command.add("--force");
    }
    LocalJob local = job.local().orElseThrow();
    BackgroundProcess started = BackgroundProcess.start(MAIN, command, local.output());
    local.starts(started);
    output.print(
        Map.of("id", job.id(), "process", started.process(), "folder", job.folder()),
        "%s runs as process %d. Follow it with: espalier watch %s%s%n"
            .formatted(job.id(), started.process(), job.id(), home.argument()));
  }
}
