package dev.espalier.search.archive;

import dev.espalier.search.cost.Costs;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The volume that a set of minimised vectors dominates below a reference point r: the measure of {x
 * : p <= x <= r for some p}. "Multiobjective Optimization Using Evolutionary Algorithms - A
 * Comparative Case Study" (1998). Exact in any dimension: the last coordinate is cut into slices
 * between neighbouring points, and the depth of a slice times the volume one dimension lower is its
 * part. About n^(d-1) sorts for n points in d dimensions, which suits fronts of hundreds.
 */
public final class Hypervolume {

  private Hypervolume() {}

  /**
   * The volume of the points, which all have the length of the reference point. A point that is not
   * below the reference everywhere adds nothing.
   */
  public static double of(List<double[]> points, double[] reference) {
    double[][] inside =
        points.stream().filter(point -> below(point, reference)).toArray(double[][]::new);
    return volume(inside, reference, reference.length);
  }

  /**
   * The share, 0 to 1, that a front dominates of the box between perfection (no error, no cost) and
   * error 1 at the costs of a reference, usually the widest network.
   */
  public static double share(ParetoArchive archive, Costs reference) {
    return share(archive.vectors(), archive.objectives().vector(1, reference));
  }

  /** The share, 0 to 1, that points dominate of the box between the origin and a corner. */
  public static double share(List<double[]> points, double[] corner) {
    return of(points, corner) / Arrays.stream(corner).reduce(1, (a, b) -> a * b);
  }

  private static boolean below(double[] point, double[] reference) {
    for (int i = 0; i < reference.length; i++) {
      if (point[i] >= reference[i]) {
        return false;
      }
    }
    return true;
  }

  /** The volume over the first {@code dimensions} coordinates. */
  private static double volume(double[][] points, double[] reference, int dimensions) {
    int last = dimensions - 1;
    Arrays.sort(points, Comparator.comparingDouble(point -> point[last]));
    if (last == 0) {
      return points.length == 0 ? 0 : reference[0] - points[0][0];
    }
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      double end = i + 1 < points.length ? points[i + 1][last] : reference[last];
      double depth = end - points[i][last];
      if (depth > 0) {
        sum += depth * volume(Arrays.copyOf(points, i + 1), reference, last);
      }
    }
    return sum;
  }
}
