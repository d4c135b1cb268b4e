package dev.espalier.driver.config;

import dev.espalier.search.energy.Coefficients;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.latency.LatencyText;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The files that a job names under {@code device}, read into it: from then on the job has their
 * text.
 */
public final class DeviceFiles {

  /** Name of the latency table in a job's own folder. */
  public static final String LATENCY = "latency.tsv";

  /** Name of the coefficients of energy in a job's own folder. */
  public static final String ENERGY = "energy.tsv";

  private DeviceFiles() {}

  /**
   * The device with the text of its files, each in the one form that the program writes.
   *
   * @param latency reads the table of a name
   * @param energy reads the coefficients of a name
   * @throws BadInputException if one is no table, or no coefficients
   */
  public static JobSpec.Device read(
      JobSpec.Device device, Function<String, String> latency, Function<String, String> energy) {
    String table =
        text(
            "device.latency",
            device.latency(),
            latency,
            (text, file) -> LatencyText.of(LatencyText.parse(text, file)));
    String coefficients =
        text(
            "device.energy",
            device.energy(),
            energy,
            (text, file) -> Coefficients.parse(text, file).text());
    return new JobSpec.Device(table, coefficients);
  }

  private static String text(
      String field,
      String value,
      Function<String, String> read,
      BiFunction<String, String, String> canonical) {
    if (!JobSpec.Device.isName(value)) {
      return value;
    }
    String text = read.apply(value);
    return canonical.apply(text, "%s: %s".formatted(field, value));
  }
}
