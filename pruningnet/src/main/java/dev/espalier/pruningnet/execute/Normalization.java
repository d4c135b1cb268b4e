package dev.espalier.pruningnet.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;
import dev.espalier.search.network.Node;
import org.jspecify.annotations.Nullable;

/**
 * Which mean and variance batch-norm layers use: y = (x - mean) / sqrt(variance + 1e-5) * scale +
 * shift, per channel, from "Batch Normalization: Accelerating Deep Network Training by Reducing
 * Internal Covariate Shift" (2015).
 */
public sealed interface Normalization
    permits BatchNormalization, RecordingNormalization, GivenNormalization {

  /** Added to every variance. */
  float EPSILON = 1e-5f;

  /**
   * Normalises one layer's input.
   *
   * @param node the batch-norm layer
   * @param input batch x channels x height x width
   * @param affine scale and shift, or null for none
   * @return a new array of the same shape, in the scope of the input
   */
  NDArray apply(Node node, NDArray input, @Nullable LayerWeights affine);

  /** Normalises by the batch's own statistics: training. */
  static Normalization batch() {
    return BatchNormalization.INSTANCE;
  }

  /** Normalises by given statistics, copied into a scope once. */
  static Normalization given(Statistics statistics, NDManager scope) {
    return GivenNormalization.of(statistics, scope);
  }

  /**
   * The engine's operation.
   *
   * @param momentum share of the old value in {@code mean} and {@code variance}, which the engine
   *     updates where it normalises by the batch
   */
  static NDArray normalize(
      NDArray input,
      NDArray mean,
      NDArray variance,
      @Nullable LayerWeights affine,
      float momentum,
      boolean byBatch) {
    Shape channels = new Shape(input.getShape().get(1));
    try (NDManager constants = input.getManager().newSubManager()) {
      NDArray scale = affine == null ? constants.ones(channels) : affine.weight();
      NDArray shift =
          affine == null || affine.bias() == null ? constants.zeros(channels) : affine.bias();
      return BatchNorm.batchNorm(
              input, mean, variance, scale, shift, -1, momentum, EPSILON, byBatch)
          .singletonOrThrow();
    }
  }
}
