package dev.espalier.pruningnet.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.search.network.Node;
import org.jspecify.annotations.Nullable;

/** Normalises by the statistics of the batch at hand and keeps nothing. */
final class BatchNormalization implements Normalization {

  static final BatchNormalization INSTANCE = new BatchNormalization();

  private BatchNormalization() {}

  @Override
  public NDArray apply(Node node, NDArray input, @Nullable LayerWeights affine) {
    NDManager scope = input.getManager();
    Shape channels = new Shape(input.getShape().get(1));
    try (NDArray mean = scope.zeros(channels);
        NDArray variance = scope.zeros(channels)) {
      return Normalization.normalize(input, mean, variance, affine, 1f, true);
    }
  }
}
