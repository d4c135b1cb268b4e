package dev.espalier.driver.cli.job;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.page.FrontPicture;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.report.TrialView;
import dev.espalier.driver.service.JobId;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.report.Ranking;
import dev.espalier.search.run.SearchState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier best}: lists the best structures of a job. */
@Command(
    name = "best",
    mixinStandardHelpOptions = true,
    description = {
      "List the best structures of a job, also while it runs.",
      "Accuracy is that on the images that chose them: see the job's report for honest figures.",
      "On a terminal, a picture below the table shows all structures that were measured."
    })
public final class Best implements Runnable {

  @Mixin private final StoreOption home = StoreOption.toRead();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The job.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--max-macs",
      paramLabel = "MACS",
      description = "Only those with at most so many MACs: 20M, or 50%% of the full network.")
  private @Nullable String maxMacs;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "accuracy",
      description = "Which come first: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private Ranking.Order order;

  @Option(
      names = "--plot",
      negatable = true,
      description = "Draw the picture (default: only where standard output is a terminal).")
  private @Nullable Boolean plot;

  @Override
  public void run() {
    if (top < 1) {
      throw new BadInputException("--top: found %d, expected at least 1".formatted(top));
    }
    JobView job = JobView.of(home.home(), home.jobs().find(new JobId(id)));
    SearchState<?> search = job.search();
    List<TrialView> best = job.best(search.history().trials(), top, maxMacs, order);
    if (best.isEmpty()) {
      output.note("No structure of job %s is like that yet.".formatted(id));
    }
    String table = best.isEmpty() ? "" : TrialView.table(best);
    output.print(best, table + (isDrawn() ? picture(job, search) : ""));
  }

  private boolean isDrawn() {
    return !output.isJson() && (plot == null ? output.isTerminal() : plot);
  }

  private static String picture(JobView job, SearchState<?> search) {
    String picture = FrontPicture.of(job, search).text();
    return picture.isEmpty() ? "" : "\n" + picture;
  }
}
