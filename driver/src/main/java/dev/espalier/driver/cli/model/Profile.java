package dev.espalier.driver.cli.model;

import dev.espalier.driver.app.plan.ProfiledSpace;
import dev.espalier.driver.app.profile.Prediction;
import dev.espalier.driver.app.profile.ProfilePlan;
import dev.espalier.driver.app.profile.Profiling;
import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutFile;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.ProfileOption;
import dev.espalier.driver.cli.progress.Screen;
import dev.espalier.driver.cli.progress.StopSignals;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.latency.Device;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.latency.LatencyText;
import dev.espalier.search.space.SearchSpace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier profile}: writes what the operations of a space take on this machine. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = {
      "Time the operations of a job's structures, or of a network's, on this machine, and write them",
      "as a table. A job with this table under device.latency can limit what a structure takes here."
    })
public final class Profile implements Callable<Integer> {

  private static final int STOPPED = 1;
  private static final int MOST_CHECKED = 1000;
  private static final int MOST_CLASSES = 10_000;

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();
  @Mixin private final ProfileOption options = new ProfileOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB.yaml",
      description = "The job whose structures are to be predicted.")
  private @Nullable Path job;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "Without a job: a network of the zoo, or one that was imported.")
  private @Nullable String network;

  @Option(
      names = "--image",
      paramLabel = "CxHxW",
      defaultValue = "3x32x32",
      description = "Images of the network: channels x height x width (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private String image;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Classes of the network (default: ${DEFAULT-VALUE}).")
  private int classes;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The table (default: latency.tsv, in this folder).")
  private @Nullable Path out;

  @Option(
      names = "--check",
      paramLabel = "N",
      defaultValue = "0",
      description = "Also measure N random structures, and compare them with the table.")
  private int check;

  @Option(
      names = "--plan",
      description = "Time nothing: write what the stand-alone profiler reads on another machine.")
  private boolean plan;

  /**
   * What came of it.
   *
   * @param file that was written
   * @param device where operations were timed, or null for a plan
   * @param operations that were timed
   * @param prediction how well they predict, or null
   */
  record Result(
      Path file, @Nullable Device device, int operations, @Nullable Prediction prediction) {}

  @Override
  public Integer call() {
    ProfileOption.required("--check", check, 0, MOST_CHECKED);
    ProfileOption.required("--classes", classes, 1, MOST_CLASSES);
    SearchSpace space = space();
    if (plan) {
      Path file = OutFile.of(out, "profile.plan");
      AtomicFile.write(file, ProfilePlan.of(space).text());
      output.print(new Result(file, null, 0, null), "%s%n".formatted(file));
      return 0;
    }
    Path file = OutFile.of(out, "latency.tsv");
    Profiling profiling = options.profiling();
    Optional<LatencyTable> table;
    Optional<Prediction> prediction = Optional.empty();
    try (StopSignals signals = StopSignals.heard(output::note);
        Screen screen = output.screen()) {
      table = profiling.run(ProfilePlan.of(space), screen, signals::stopping);
      if (table.isPresent()) {
        AtomicFile.write(file, LatencyText.of(table.get()));
      }
      if (table.isPresent() && check > 0) {
        prediction = Prediction.of(table.get(), space, check, profiling, screen, signals::stopping);
      }
    }
    if (table.isEmpty()) {
      output.note("Stopped; nothing was written.");
      return STOPPED;
    }
    if (check > 0 && prediction.isEmpty()) {
      output.note("Stopped; %s is whole, but compared with nothing.".formatted(file));
      return STOPPED;
    }
    int operations = table.get().timings().size();
    output.print(
        new Result(file, profiling.device(), operations, prediction.orElse(null)),
        "%s%d operations: %s%n"
            .formatted(prediction.map(Prediction::text).orElse(""), operations, file));
    return 0;
  }

  private SearchSpace space() {
    if ((job == null) == (network == null)) {
      throw new BadInputException(
          "found %s, expected a job file or --network, and one of them"
              .formatted(job == null ? "none of both" : "both"));
    }
    return job == null
        ? ProfiledSpace.of("" + network, image, classes, home.home())
        : ProfiledSpace.of(JobFile.readAlone(job).spec(), home.home());
  }
}
