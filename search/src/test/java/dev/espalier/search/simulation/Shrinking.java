package dev.espalier.search.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds out which faults of a schedule are needed to break a promise. */
final class Shrinking {

  private Shrinking() {}

  /**
   * The schedule without any fault that can be left out.
   *
   * @param broken whether a schedule still breaks the promise
   */
  static Schedule of(Schedule schedule, Predicate<Schedule> broken) {
    Schedule smallest = schedule;
    for (int i = smallest.faults().size() - 1; i >= 0; i--) {
      List<Fault> fewer = new ArrayList<>(smallest.faults());
      fewer.remove(i);
      if (broken.test(smallest.with(fewer))) {
        smallest = smallest.with(fewer);
      }
    }
    return smallest;
  }
}
