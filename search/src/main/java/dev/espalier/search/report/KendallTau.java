package dev.espalier.search.report;

/**
 * How far two measurements rank the same things alike: tau-b = (C - D) / sqrt((P - Tx) (P - Ty)),
 * with C and D the pairs ranked alike and oppositely, P = n(n-1)/2 all pairs, and Tx, Ty the pairs
 * tied in x, in y. "The treatment of ties in ranking problems" (1945).
 *
 * @param tau from -1 (opposite) over 0 (unrelated) to 1 (alike); NaN where all of x or of y is tied
 * @param pValue chance of a |C - D| at least this large if both were unrelated: exact, from the
 *     number of permutations with k inversions, without ties, and an approximation with ties
 */
public record KendallTau(double tau, double pValue) {

  /** The rank correlation of at least two pairs (x[i], y[i]). */
  public static KendallTau of(double[] x, double[] y) {
    int n = x.length;
    if (n != y.length || n < 2) {
      throw new IllegalArgumentException(
          "kendall: expected two equally long lists of at least 2 values, found %d and %d"
              .formatted(n, y.length));
    }
    int difference = 0;
    int untiedX = 0;
    int untiedY = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        int signX = Double.compare(x[i], x[j]);
        int signY = Double.compare(y[i], y[j]);
        difference += signX * signY;
        untiedX += signX * signX;
        untiedY += signY * signY;
      }
    }
    double tau = difference / Math.sqrt((double) untiedX * untiedY);
    return new KendallTau(tau, chance(n, Math.abs(difference)));
  }

  /** P(|C - D| >= difference) over all n! rankings; C - D = P - 2 x inversions. */
  private static double chance(int n, int difference) {
    double[] inversions = inversions(n);
    int pairs = inversions.length - 1;
    double chance = 0;
    for (int k = 0; k <= pairs; k++) {
      if (Math.abs(pairs - 2 * k) >= difference) {
        chance += inversions[k];
      }
    }
    return Math.min(1, chance);
  }

  /**
   * The chance of k inversions in a random permutation of n: inserting the m-th element adds 0 to
   * m-1 of them, each equally likely.
   */
  private static double[] inversions(int n) {
    double[] chance = {1};
    for (int m = 2; m <= n; m++) {
      double[] next = new double[chance.length + m - 1];
      for (int k = 0; k < chance.length; k++) {
        for (int added = 0; added < m; added++) {
          next[k + added] += chance[k] / m;
        }
      }
      chance = next;
    }
    return chance;
  }
}
