package dev.espalier.worker.evaluate;

/** Told of every finished evaluation, in the process of the driver. Thread-safe. */
@FunctionalInterface
public interface EvaluationObserver extends WorkersObserver {

  /** Takes note; must return at once. */
  void evaluated(EvaluationReport report);
}
