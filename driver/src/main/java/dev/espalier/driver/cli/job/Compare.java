package dev.espalier.driver.cli.job;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.compare.FrontComparison;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.report.front.FrontsView;
import dev.espalier.driver.service.JobId;
import dev.espalier.search.job.BadInputException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier compare}: puts the fronts of jobs side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compare the fronts of jobs, also while they run: hypervolume, how much of each one the others",
      "reach, and the most accurate structures at the same cost.",
      "The jobs must weigh the same objectives on the same images."
    })
public final class Compare implements Runnable {

  @Mixin private final StoreOption home = StoreOption.toRead();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", arity = "2..*", description = "The jobs.")
  @SuppressWarnings("NullAway.Init")
  private List<String> ids;

  @Override
  public void run() {
    if (ids.stream().distinct().count() < ids.size()) {
      throw new BadInputException("found %s, expected different jobs".formatted(ids));
    }
    List<JobView> jobs =
        ids.stream().map(id -> JobView.of(home.home(), home.jobs().find(new JobId(id)))).toList();
    FrontsView compared = FrontComparison.of(jobs).view();
    output.print(compared, compared.text());
  }
}
