package dev.espalier.driver.app.measure;

import dev.espalier.worker.evaluate.EvaluationObserver;
import java.nio.file.Path;

/** Where jobs find their workers: each its own, or those of a service that all its jobs share. */
@FunctionalInterface
public interface Workplace {

  /**
   * Workers for a job, on the thread of the job; whoever opens them closes them.
   *
   * @param temporary folder of the job for what its workers may throw away
   * @param observer told of every evaluation
   */
  Workers workers(Measurements measurements, Path temporary, EvaluationObserver observer);
}
