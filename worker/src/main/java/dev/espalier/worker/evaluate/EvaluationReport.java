package dev.espalier.worker.evaluate;

import dev.espalier.search.evaluation.Evaluation;
import java.time.Duration;
import java.util.Map;

/**
 * A finished evaluation and how it came about; what a worker sends back.
 *
 * @param evaluation the result
 * @param stages time spent in each stage; a stage that the cache saved is absent
 * @param hits cache entries that were found
 * @param misses cache entries that were asked for and had to be made
 */
public record EvaluationReport(
    Evaluation evaluation, Map<Stage, Duration> stages, int hits, int misses) {

  /** Keeps a copy of the map. */
  public EvaluationReport {
    stages = Map.copyOf(stages);
  }
}
