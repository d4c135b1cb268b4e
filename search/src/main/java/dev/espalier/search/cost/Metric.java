package dev.espalier.search.cost;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be counted of a network. */
public enum Metric {
  /** Multiply-accumulate operations of convolutions and linear layers, for one image. */
  MACS("macs"),
  /** Learned values: weights, biases, and scale and shift of batch norm. */
  PARAMETERS("parameters"),
  /** Bytes of the parameters as 32-bit floats. */
  WEIGHT_BYTES("weightBytes"),
  /** Largest number of bytes of 32-bit activations alive at once, for a whole batch. */
  ACTIVATION_BYTES("activationBytes"),
  /** {@link #MACS} with weights that are kept: what hardware for sparse networks computes. */
  NON_ZERO_MACS("nonZeroMacs"),
  /** Bytes of the parameters, each layer in the smallest of three formats; see {@link Costs}. */
  COMPRESSED_BYTES("compressedBytes"),
  /** Nanoseconds of one call on the job's device, by its latency table. */
  LATENCY("latency"),
  /** What one image takes of energy on the job's device, in the unit of its coefficients. */
  ENERGY("energy");

  private final String key;

  Metric(String key) {
    this.key = key;
  }

  /** Its name in job files and reports. */
  public String key() {
    return key;
  }

  /** Its name with its unit, where the values alone do not say it. */
  public String label() {
    return this == LATENCY ? "latency (ns)" : key;
  }

  /** Whether it never shrinks where a structure gets wider. */
  boolean isGrowing() {
    return this != LATENCY;
  }

  /** A value as people read it. */
  public String words(long value) {
    return this == LATENCY
        ? String.format(Locale.ROOT, "%,.3f ms", value / 1e6)
        : String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * The metric of a name.
   *
   * @throws BadInputException if there is none
   */
  public static Metric parse(String key) {
    List<String> keys = Arrays.stream(values()).map(Metric::key).toList();
    int index = keys.indexOf(key);
    if (index < 0) {
      throw new BadInputException(
          "constraints: metric '%s' is unknown, expected one of %s.%s"
              .formatted(key, String.join(", ", keys), Nearest.hint(key, keys)));
    }
    return values()[index];
  }
}
