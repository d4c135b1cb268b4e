package dev.espalier.search.report;

import dev.espalier.search.evaluation.Interval;
import dev.espalier.search.evaluation.Outcome.Scored;

/**
 * How much more accurate one structure is than another, with its 95% confidence interval: d + or -
 * sqrt(a^2 - 2 phi a b + b^2), where a and b are the distances from each accuracy to the end of its
 * Wilson interval that faces the other, and phi is the correlation of the two. "Interval estimation
 * for the difference between independent proportions: comparison of eleven methods" and "Improved
 * confidence intervals for the difference between binomial proportions based on paired data"
 * (Newcombe, 1998), method 10 of each.
 *
 * @param value difference of the accuracies, in [-1, 1]
 * @param low lower end of its interval
 * @param high upper end of its interval
 */
public record Difference(double value, double low, double high) {

  /**
   * How often two structures were right about the same images.
   *
   * @param both images that both classify correctly
   * @param onlyFirst images that only the first one does
   * @param onlySecond images that only the second one does
   * @param neither images that neither does
   */
  public record Pairs(long both, long onlyFirst, long onlySecond, long neither) {

    /** Refuses counts that cannot be. */
    public Pairs {
      if (both < 0
          || onlyFirst < 0
          || onlySecond < 0
          || neither < 0
          || both + onlyFirst + onlySecond + neither < 1) {
        throw new IllegalArgumentException(
            "pairs: %d, %d, %d and %d images are impossible"
                .formatted(both, onlyFirst, onlySecond, neither));
      }
    }

    /** Images that both were asked about. */
    public long images() {
      return both + onlyFirst + onlySecond + neither;
    }

    /** Images of two disjoint sets together. */
    public Pairs plus(Pairs other) {
      return new Pairs(
          both + other.both,
          onlyFirst + other.onlyFirst,
          onlySecond + other.onlySecond,
          neither + other.neither);
    }

    private Scored first() {
      return new Scored(both + onlyFirst, images());
    }

    private Scored second() {
      return new Scored(both + onlySecond, images());
    }

    /** Correlation of the answers; of a positive one, half an image per cell is taken off. */
    private double correlation() {
      double product = (double) both * neither - (double) onlyFirst * onlySecond;
      double corrected = product > 0 ? Math.max(0, product - images() / 2.0) : product;
      double scale =
          Math.sqrt(
              (double) (both + onlyFirst)
                  * (onlySecond + neither)
                  * (both + onlySecond)
                  * (onlyFirst + neither));
      return scale == 0 ? 0 : corrected / scale;
    }
  }

  /** The difference of accuracies that were measured on different images, or on unknown ones. */
  public static Difference independent(Scored first, Scored second) {
    return of(first, second, 0);
  }

  /**
   * The difference of accuracies that were measured on the same images: a narrower interval, as
   * most images are easy or hard for both.
   */
  public static Difference paired(Pairs pairs) {
    return of(pairs.first(), pairs.second(), pairs.correlation());
  }

  private static Difference of(Scored first, Scored second, double correlation) {
    Interval one = first.interval();
    Interval two = second.interval();
    double value = first.accuracy() - second.accuracy();
    double down =
        distance(first.accuracy() - one.low(), two.high() - second.accuracy(), correlation);
    double up = distance(one.high() - first.accuracy(), second.accuracy() - two.low(), correlation);
    return new Difference(value, value - down, value + up);
  }

  private static double distance(double a, double b, double correlation) {
    return Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
  }

  /** Whether chance alone would rarely (one time in twenty) make such a difference. */
  public boolean certain() {
    return low > 0 || high < 0;
  }
}
