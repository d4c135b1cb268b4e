package dev.espalier.search.latency;

/**
 * How long something takes, in microseconds.
 *
 * @param count of measurements, at least 2
 * @param mean of them
 * @param variance of them, in microseconds squared, divided by one less than their number
 */
public record Timing(int count, double mean, double variance) {

  /** Refuses what no measurements give. */
  public Timing {
    if (count < 2 || !Double.isFinite(mean) || !Double.isFinite(variance) || variance < 0) {
      throw new IllegalArgumentException(
          "found count %d, mean %s and variance %s, expected at least 2 measurements and numbers"
              .formatted(count, mean, variance));
    }
  }

  /** That of some measurements. */
  public static Timing of(double[] microseconds) {
    double sum = 0;
    for (double one : microseconds) {
      sum += one;
    }
    double mean = sum / microseconds.length;
    double squares = 0;
    for (double one : microseconds) {
      squares += (one - mean) * (one - mean);
    }
    return new Timing(microseconds.length, mean, squares / (microseconds.length - 1));
  }
}
