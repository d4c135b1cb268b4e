package dev.espalier.search.evaluation;

/**
 * A confidence interval of a share, in [0, 1].
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {

  private static final double Z95 = 1.959963984540054;

  /**
   * The 95% score interval of a binomial share p = correct/n: (p + z^2/2n -+ z sqrt(p(1-p)/n +
   * z^2/4n^2)) / (1 + z^2/n), z = 1.96. "Probable Inference, the Law of Succession, and Statistical
   * Inference" (Wilson, 1927).
   */
  public static Interval wilson(long correct, long images) {
    double n = images;
    double p = correct / n;
    double z2 = Z95 * Z95;
    double centre = p + z2 / (2 * n);
    double spread = Z95 * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    double scale = 1 + z2 / n;
    return new Interval(
        Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale));
  }
}
