package dev.espalier.driver.cli.run;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.finetune.FineTuneRun;
import dev.espalier.driver.app.finetune.StructureTraining;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.cli.progress.Screen;
import dev.espalier.driver.cli.progress.StopSignals;
import dev.espalier.driver.report.ComparedView;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.service.JobId;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.report.KendallTau;
import dev.espalier.search.space.Structure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier finetune}: trains structures of a job by themselves. */
@Command(
    name = "finetune",
    mixinStandardHelpOptions = true,
    description = {
      "Train structures of a job by themselves, from their generated weights, and measure them.",
      "Several are trained side by side on the job's workers. Names the best by the selection images,",
      "compares the first of them with each of the others, image by image, and prints how far",
      "accuracy before and after ranks them alike (Kendall's tau). Stops at any step; the same",
      "command goes on."
    })
public final class FineTune implements Callable<Integer> {

  private static final int STOPPED = 1;

  /** As in job files. */
  private static final int MOST_EPOCHS = 1000;

  private static final double MOST_TEMPERATURE = 1000;

  @Mixin private final StoreOption home = StoreOption.toWrite();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "ID", description = "The job.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "STRUCTURE",
      description = "best, the first digits of an id, or genes, like 30-12-5.")
  private List<String> structures = List.of();

  @Option(
      names = "--confirmed",
      description = "Also the structures of the job's report: the best and the baselines.")
  private boolean confirmed;

  @Option(
      names = "--spread",
      paramLabel = "N",
      defaultValue = "0",
      description = "Also N structures of the search, from the best to the worst.")
  private int spread;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Passes over the training images (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--distill",
      paramLabel = "WEIGHT",
      defaultValue = "0",
      description =
          "Share of the unpruned network's answers in the loss, 0 to 1; it is trained first, unless it was imported (default: ${DEFAULT-VALUE}).")
  private double distill;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "4",
      description =
          "By which scores are divided before answers are compared (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Override
  public Integer call() {
    JobSpec.FineTune settings = settings();
    JobView job = JobView.of(home.home(), home.jobs().find(new JobId(id)));
    List<Structure> asked = asked(job);
    FineTuneRun.Result result;
    try (StopSignals signals = StopSignals.heard(output::note);
        Screen screen = output.screen()) {
      result =
          new StructureTraining(home.home(), home.store(), job.job(), job.plan())
              .run(asked, settings, screen, signals::stopping);
    }
    output.print(result, text(result));
    return result.structures().size() == asked.size() ? 0 : STOPPED;
  }

  private JobSpec.FineTune settings() {
    if (epochs < 1 || epochs > MOST_EPOCHS) {
      throw new BadInputException(
          "--epochs: found %d, expected 1 to %d".formatted(epochs, MOST_EPOCHS));
    }
    if (!(distill >= 0 && distill <= 1)) {
      throw new BadInputException("--distill: found %s, expected 0 to 1".formatted(distill));
    }
    if (!(temperature > 0 && temperature <= MOST_TEMPERATURE)) {
      throw new BadInputException(
          "--temperature: found %s, expected above 0, at most %s"
              .formatted(temperature, MOST_TEMPERATURE));
    }
    return new JobSpec.FineTune(epochs, new JobSpec.Distillation(distill, temperature));
  }

  private List<Structure> asked(JobView job) {
    Set<Structure> asked = new LinkedHashSet<>();
    structures.forEach(text -> asked.add(job.structure(text)));
    if (confirmed) {
      asked.addAll(job.confirmed());
    }
    asked.addAll(job.spread(spread));
    if (asked.isEmpty()) {
      throw new BadInputException(
          "No structure is named. Maybe take one of 'espalier best %s', or --confirmed?"
              .formatted(id));
    }
    return List.copyOf(asked);
  }

  private static String text(FineTuneRun.Result result) {
    KendallTau agreement = result.agreement();
    return agreement == null
        ? FineTunedView.text(result.unpruned(), result.structures())
        : String.format(
            Locale.ROOT,
            "%s%n%s%nKendall's tau between generated and trained accuracy: %.2f (p = %.3f, %d"
                + " structures)%n",
            FineTunedView.text(result.unpruned(), result.structures()),
            ComparedView.table(result.comparisons()),
            agreement.tau(),
            agreement.pValue(),
            result.structures().size());
  }
}
