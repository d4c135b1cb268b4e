package dev.espalier.worker.evaluate;

import java.time.Duration;

/** Told of every finished evaluation, in the process of the driver. Thread-safe. */
@FunctionalInterface
public interface EvaluationObserver {

  /** Takes note; must return at once. */
  void evaluated(EvaluationReport report);

  /**
   * Takes note that there has been nobody to evaluate for a time; told once for each absence, by
   * the thread that waits.
   */
  default void noWorkers(Duration since) {}

  /** Takes note that there are workers again, after an absence that was told. */
  default void workersAreBack() {}
}
