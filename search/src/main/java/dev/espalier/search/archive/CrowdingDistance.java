package dev.espalier.search.archive;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How lonely a vector is within its front: the sum over coordinates of the distance between its two
 * neighbours, as a share of the front's extent; infinite at both ends of a coordinate. "A fast and
 * elitist multiobjective genetic algorithm: NSGA-II" (2002).
 */
public final class CrowdingDistance {

  private CrowdingDistance() {}

  /** The distance of each vector of one front, in the order of the list. */
  public static double[] of(List<double[]> front) {
    double[] distance = new double[front.size()];
    if (front.size() <= 2) {
      Arrays.fill(distance, Double.POSITIVE_INFINITY);
      return distance;
    }
    for (int m = 0; m < front.get(0).length; m++) {
      int coordinate = m;
      int[] order =
          IntStream.range(0, front.size())
              .boxed()
              .sorted(Comparator.comparingDouble(i -> front.get(i)[coordinate]))
              .mapToInt(Integer::intValue)
              .toArray();
      add(front, coordinate, order, distance);
    }
    return distance;
  }

  private static void add(List<double[]> front, int m, int[] order, double[] distance) {
    int last = order.length - 1;
    double extent = front.get(order[last])[m] - front.get(order[0])[m];
    distance[order[0]] = Double.POSITIVE_INFINITY;
    distance[order[last]] = Double.POSITIVE_INFINITY;
    if (extent == 0) {
      return;
    }
    for (int i = 1; i < last; i++) {
      distance[order[i]] += (front.get(order[i + 1])[m] - front.get(order[i - 1])[m]) / extent;
    }
  }
}
