package dev.espalier.pruningnet.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Cross-entropy against class probabilities: loss = - mean over images of sum_k t_k log
 * softmax(scores)_k. With smoothing s, the target of class k is (1 - s) [k is the label] + s / K,
 * from "Rethinking the Inception Architecture for Computer Vision" (2016).
 */
public final class CrossEntropy {

  private CrossEntropy() {}

  /** Smoothed labels, batch x classes. */
  public static NDArray targets(
      int[] labels, int count, int classes, double smoothing, NDManager scope) {
    float[] targets = new float[count * classes];
    for (int image = 0; image < count; image++) {
      for (int k = 0; k < classes; k++) {
        double label = labels[image] == k ? 1 - smoothing : 0;
        targets[image * classes + k] = (float) (label + smoothing / classes);
      }
    }
    return scope.create(targets, new Shape(count, classes));
  }

  /** Targets of which a share is what a teacher found; no gradient flows to the teacher. */
  public static NDArray taught(NDArray targets, NDArray teacherScores, double share) {
    try (NDArray fixed = teacherScores.stopGradient();
        NDArray probabilities = fixed.softmax(1);
        NDArray taught = probabilities.mul(share);
        NDArray own = targets.mul(1 - share)) {
      return own.add(taught);
    }
  }

  /** The mean cross-entropy of scores, one value. */
  public static NDArray loss(NDArray scores, NDArray targets) {
    try (NDArray logs = scores.logSoftmax(1);
        NDArray weighted = logs.mul(targets);
        NDArray sum = weighted.sum()) {
      return sum.div(-scores.getShape().get(0));
    }
  }
}
