package dev.espalier.driver.cli.journal;

import dev.espalier.driver.app.JobFailedException;
import dev.espalier.driver.app.search.JobJournals;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import dev.espalier.driver.service.JobId;
import dev.espalier.search.journal.JournalCheck;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier journal verify}: reads every byte of a job's journals. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Read every byte of a job's journals and checkpoints; changes nothing.")
final class Verify implements Runnable {

  @Mixin private final StoreOption home = StoreOption.toRead();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The job.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Override
  public void run() {
    Map<String, JournalCheck> checks = JobJournals.verify(home.jobs().find(new JobId(id)));
    if (checks.isEmpty()) {
      output.note("Job %s has no journal yet.".formatted(id));
    }
    Table table = Table.of("search", "file", ">bytes", ">records", "note");
    checks.forEach(
        (name, check) ->
            check
                .files()
                .forEach(
                    file ->
                        table.row(
                            name,
                            file.name(),
                            Words.count(file.bytes()),
                            file.records(),
                            file.note())));
    output.print(checks, checks.isEmpty() ? "" : table.toString());
    Optional<String> trouble =
        checks.values().stream().flatMap(check -> check.trouble().stream()).findFirst();
    if (trouble.isPresent()) {
      throw new JobFailedException(
          "Job %s cannot be resumed: %s. Maybe keep what can be read: espalier journal repair %s%s"
              .formatted(id, trouble.get(), id, home.argument()));
    }
  }
}
