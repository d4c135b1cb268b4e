package dev.espalier.driver.cli.job;

import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.service.ListedJob;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier jobs}: lists the jobs. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    description = {
      "List the jobs of this home, the latest first: those that wait for a service with their place",
      "in the queue, those that one runs with its number."
    })
public final class Jobs implements Runnable {

  @Mixin private final StoreOption home = StoreOption.toRead();
  @Mixin private final OutputOption output = new OutputOption();

  @Override
  public void run() {
    List<ListedJob> jobs = home.board().all();
    home.queue()
        .service()
        .ifPresent(
            service ->
                output.note(
                    "%s runs at most %d jobs side by side over %s"
                        .formatted(service.text(), service.policy().jobs(), service.master())));
    if (jobs.isEmpty()) {
      output.note("There is no job yet in %s.".formatted(home.store().place()));
    }
    output.print(jobs, jobs.isEmpty() ? "" : JobText.of(jobs, home.argument()));
  }
}
