package dev.espalier.search.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fast non-dominated sort: front 0 holds the vectors that none dominates, front k those that only
 * fronts before k dominate. O(m n^2) for n vectors of m coordinates. "A fast and elitist
 * multiobjective genetic algorithm: NSGA-II" (2002).
 */
public final class NonDominatedSort {

  private NonDominatedSort() {}

  /** The fronts, best first, as positions in the list; positions ascend within a front. */
  public static List<List<Integer>> fronts(List<double[]> vectors) {
    int n = vectors.size();
    List<List<Integer>> dominated = new ArrayList<>(n);
    int[] dominators = new int[n];
    for (int i = 0; i < n; i++) {
      dominated.add(new ArrayList<>());
      for (int j = 0; j < i; j++) {
        if (Objectives.dominates(vectors.get(i), vectors.get(j))) {
          dominated.get(i).add(j);
          dominators[j]++;
        } else if (Objectives.dominates(vectors.get(j), vectors.get(i))) {
          dominated.get(j).add(i);
          dominators[i]++;
        }
      }
    }
    List<List<Integer>> fronts = new ArrayList<>();
    List<Integer> front = positionsOfZero(dominators);
    while (!front.isEmpty()) {
      fronts.add(front);
      List<Integer> next = new ArrayList<>();
      for (int i : front) {
        for (int j : dominated.get(i)) {
          if (--dominators[j] == 0) {
            next.add(j);
          }
        }
      }
      next.sort(null);
      front = next;
    }
    return fronts;
  }

  private static List<Integer> positionsOfZero(int[] counts) {
    return IntStream.range(0, counts.length).filter(i -> counts[i] == 0).boxed().toList();
  }
}
