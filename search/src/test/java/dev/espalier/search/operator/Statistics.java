package dev.espalier.search.operator;

import static org.assertj.core.api.Assertions.assertThat;

/** Pearson's chi-square test of counts against expected counts. */
final class Statistics {

  /** The 99.9% point of the standard normal distribution. */
  private static final double Z = 3.0902;

  private Statistics() {}

  /**
   * Fails if counts this far from the expected ones have a chance below one in a thousand; the
   * distribution's quantile by "The Distribution of Chi-Square" (Wilson and Hilferty, 1931).
   */
  static void assertFits(long[] counts, double[] expected) {
    double chiSquare = 0;
    for (int i = 0; i < counts.length; i++) {
      chiSquare += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
    }
    double freedom = counts.length - 1.0;
    double share = 2 / (9 * freedom);
    double limit = freedom * Math.pow(1 - share + Z * Math.sqrt(share), 3);
    assertThat(chiSquare).as("chi-square of %s degrees of freedom", freedom).isLessThan(limit);
  }
}
