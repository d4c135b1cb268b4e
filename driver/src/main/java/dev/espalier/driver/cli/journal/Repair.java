package dev.espalier.driver.cli.journal;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.search.JobJournals;
import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.service.JobId;
import dev.espalier.search.run.SavedSearch;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier journal repair}: makes damaged journals usable again. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Keep every result that can be read of a job's damaged journals.",
      "Damaged files get another name and stay. 'resume' evaluates again what was lost."
    })
final class Repair implements Runnable {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The job.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Override
  public void run() {
    JobView job = JobView.of(home.home(), home.jobs().find(new JobId(id)));
    Map<String, SavedSearch.Repaired> repaired = JobJournals.repair(job.job(), job.plan());
    if (repaired.isEmpty()) {
      output.note("Nothing is damaged in the journals of job %s.".formatted(id));
    }
    StringBuilder text = new StringBuilder();
    repaired.forEach(
        (name, repair) ->
            text.append(
                "%s: kept %d results; set aside: %s%n"
                    .formatted(name, repair.kept(), String.join(", ", repair.setAside()))));
    output.print(repaired, text.toString());
  }
}
