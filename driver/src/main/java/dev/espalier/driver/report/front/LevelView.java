package dev.espalier.driver.report.front;

import dev.espalier.driver.report.TrialView;
import java.util.Map;

/**
 * The best structures for the same cost.
 *
 * @param most the cost
 * @param best of each job that has one, by the job's id, the most accurate one that costs at most
 *     so much
 */
public record LevelView(long most, Map<String, TrialView> best) {

  /** Copies the structures. */
  public LevelView {
    best = Map.copyOf(best);
  }
}
