package dev.espalier.driver.cli.job;

import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.service.BrokenJob;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.JobSummary;
import dev.espalier.driver.service.ListedJob;
import dev.espalier.driver.service.NotFoundException;
import dev.espalier.search.job.BadInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier status}: shows how far a job has come. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Show how far a job has come.")
public final class Status implements Runnable {

  @Mixin private final StoreOption home = StoreOption.toRead();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(arity = "0..1", paramLabel = "ID", description = "The job (default: the latest one).")
  private @Nullable String id;

  @Override
  public void run() {
    JobSummary job = id == null ? latest() : home.board().find(new JobId(id));
    output.print(job, JobText.of(job, home.argument()));
  }

  private JobSummary latest() {
    ListedJob latest =
        home.board().all().stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "There is no job yet in %s. Maybe begin with 'espalier quickstart'?"
                            .formatted(home.store().place())));
    if (latest instanceof BrokenJob broken) {
      throw new BadInputException(broken.trouble());
    }
    return (JobSummary) latest;
  }
}
