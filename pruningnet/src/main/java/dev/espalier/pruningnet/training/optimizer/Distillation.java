package dev.espalier.pruningnet.training.optimizer;

import ai.djl.ndarray.NDArray;

/**
 * The loss of a network that learns from labels and from a teacher: (1 - a) H + a T^2 D. H is the
 * {@link CrossEntropy} against the labels, D = mean over images of sum_k p_k (log p_k - log q_k)
 * the divergence of the network's probabilities q = softmax(scores / T) from the teacher's p. T^2
 * keeps the gradient of D as large as that of H, whatever T is. From "Distilling the Knowledge in a
 * Neural Network" (2015).
 *
 * @param weight a, in [0, 1]
 * @param temperature T, above 0: high ones show how the teacher ranks the wrong classes
 */
public record Distillation(double weight, double temperature) {

  /** Refuses values outside of their range. */
  public Distillation {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "distillation: weight is %s, expected 0 to 1".formatted(weight));
    }
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "distillation: temperature is %s, expected a number above 0".formatted(temperature));
    }
  }

  /**
   * The loss of scores, one value.
   *
   * @param scores batch x classes, of the network that learns
   * @param targets batch x classes, the labels
   * @param taught batch x classes, the teacher's scores; no gradient flows to them
   */
  public NDArray loss(NDArray scores, NDArray targets, NDArray taught) {
    try (NDArray labels = CrossEntropy.loss(scores, targets);
        NDArray own = labels.mul((float) (1 - weight));
        NDArray divergence = divergence(scores, taught);
        NDArray teachers = divergence.mul((float) (weight * temperature * temperature))) {
      return own.add(teachers);
    }
  }

  private NDArray divergence(NDArray scores, NDArray taught) {
    try (NDArray fixed = taught.stopGradient();
        NDArray soft = fixed.div((float) temperature);
        NDArray logs = soft.logSoftmax(1);
        NDArray probabilities = logs.exp();
        NDArray softened = scores.div((float) temperature);
        NDArray own = softened.logSoftmax(1);
        NDArray apart = logs.sub(own);
        NDArray weighted = apart.mul(probabilities);
        NDArray sum = weighted.sum()) {
      return sum.div(scores.getShape().get(0));
    }
  }
}
