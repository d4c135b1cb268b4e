package dev.espalier.driver.cli.option;

import dev.espalier.driver.app.profile.Profiling;
import dev.espalier.pruningnet.onnx.profile.Effort;
import dev.espalier.pruningnet.onnx.profile.ThisDevice;
import dev.espalier.search.job.BadInputException;
import picocli.CommandLine.Option;

/** How the operations of this machine are timed. */
public final class ProfileOption {

  private static final int MOST_THREADS = 1024;
  private static final int MOST_BATCH = 4096;
  private static final int MOST_WIDTHS = 1000;
  private static final int MOST_MEASUREMENTS = 10_000;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "this machine",
      description = "What the table calls the machine (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that share one operation (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images of one call (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--widths",
      paramLabel = "N",
      defaultValue = "6",
      description = "Widths of an operation that are timed, at most (default: ${DEFAULT-VALUE}).")
  private int widths;

  @Option(
      names = "--measurements",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Measurements of each operation, medians of 9 runs (default: ${DEFAULT-VALUE}).")
  private int measurements;

  /** How much is measured. */
  public Effort effort() {
    return new Effort(
        required("--measurements", measurements, 2, MOST_MEASUREMENTS), Effort.USUAL.runs());
  }

  /** What was asked for, on this machine. */
  public Profiling profiling() {
    required("--widths", widths, 2, MOST_WIDTHS);
    required("--threads", threads, 1, MOST_THREADS);
    required("--batch", batch, 1, MOST_BATCH);
    if (device.isBlank() || device.chars().anyMatch(Character::isISOControl)) {
      throw new BadInputException(
          "--device: found '%s', expected a name on one line".formatted(device));
    }
    return new Profiling(ThisDevice.of(device, threads, batch), effort(), widths);
  }

  /**
   * What was found.
   *
   * @throws BadInputException if it is less than the least, or more than the most
   */
  public static int required(String option, int found, int least, int most) {
    if (found < least || found > most) {
      throw new BadInputException(
          "%s: found %d, expected %d to %d".formatted(option, found, least, most));
    }
    return found;
  }
}
