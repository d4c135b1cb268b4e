package dev.espalier.pruningnet.training.step;

import ai.djl.ndarray.NDArray;
import dev.espalier.pruningnet.training.optimizer.CrossEntropy;

/** What the networks of a step are to make small. */
@FunctionalInterface
public interface Objective {

  /** The cross-entropy against the labels. */
  Objective LABELS = CrossEntropy::loss;

  /**
   * The loss of one network, one value.
   *
   * @param scores batch x classes
   * @param targets batch x classes, smoothed labels
   */
  NDArray loss(NDArray scores, NDArray targets);
}
