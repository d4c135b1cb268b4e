package dev.espalier.driver.cli.model;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.export.Speeds;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.service.JobId;
import dev.espalier.search.job.BadInputException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier measure}: how fast networks are on this machine. */
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    description = {
      "Measure how fast networks are in ONNX Runtime on this machine, in turns: ONNX files, compared",
      "with the first of them, or structures of a job, compared with its unpruned network."
    })
public final class Measure implements Runnable {

  @Mixin private final StoreOption home = StoreOption.toRead();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL|STRUCTURE",
      description =
          "ONNX files; with --job, structures of it: best, first digits of ids, or genes.")
  private List<String> targets = List.of();

  @Option(names = "--job", paramLabel = "ID", description = "The job that has the structures.")
  private @Nullable String job;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that share one call (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images of one call (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "20",
      description = "Calls of each before the first that counts (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "200",
      description = "Calls of each that count (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Override
  public void run() {
    require("--threads", threads, 1);
    require("--batch", batch, 1);
    require("--warm-up", warmUp, 0);
    require("--runs", runs, 1);
    Speeds speeds = speeds(new Speeds.Setting(threads, batch, warmUp, runs));
    output.print(speeds, speeds.text());
  }

  private Speeds speeds(Speeds.Setting setting) {
    if (job == null) {
      return Speeds.of(targets.stream().map(Path::of).toList(), setting);
    }
    JobView view = JobView.of(home.home(), home.jobs().find(new JobId(job)));
    return Speeds.of(view, targets.stream().map(view::structure).toList(), setting);
  }

  private static void require(String option, int found, int least) {
    if (found < least) {
      throw new BadInputException(
          "%s: found %d, expected at least %d".formatted(option, found, least));
    }
  }
}
