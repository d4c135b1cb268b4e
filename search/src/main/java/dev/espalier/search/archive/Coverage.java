package dev.espalier.search.archive;

import java.util.List;

/**
 * How much of one front another one reaches: the share of its points that some point of the other
 * dominates or equals. "Multiobjective Evolutionary Algorithms: A Comparative Case Study and the
 * Strength Pareto Approach" (1999). Not symmetric: two fronts that cross cover a part of each
 * other.
 */
public final class Coverage {

  private Coverage() {}

  /**
   * The share, 0 to 1, of a front that another covers; 0 of an empty one.
   *
   * @param covering minimised vectors, all of one length
   * @param covered the same
   */
  public static double of(List<double[]> covering, List<double[]> covered) {
    if (covered.isEmpty()) {
      return 0;
    }
    long reached =
        covered.stream()
            .filter(point -> covering.stream().anyMatch(other -> reaches(other, point)))
            .count();
    return (double) reached / covered.size();
  }

  private static boolean reaches(double[] other, double[] point) {
    for (int i = 0; i < point.length; i++) {
      if (other[i] > point[i]) {
        return false;
      }
    }
    return true;
  }
}
