package dev.espalier.search.report;

/** Quantiles by the nearest rank: quantile q of n values is the ceil(q n)-th smallest. */
public final class Quantile {

  private Quantile() {}

  /**
   * Where a quantile stands among sorted values.
   *
   * @param share q, above 0 and at most 1
   * @param count n, at least 1
   * @return 0 to n - 1
   */
  public static int index(double share, int count) {
    return (int) Math.ceil(share * count) - 1;
  }
}
