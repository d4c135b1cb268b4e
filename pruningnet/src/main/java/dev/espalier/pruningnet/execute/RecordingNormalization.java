package dev.espalier.pruningnet.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.search.network.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Normalises by the batch's own statistics and records them, at no extra pass over the data. Use a
 * new one for each batch, on one thread.
 */
public final class RecordingNormalization implements Normalization {

  private final Map<Integer, Moments> recorded = new HashMap<>();

  @Override
  public NDArray apply(Node node, NDArray input, @Nullable LayerWeights affine) {
    NDManager scope = input.getManager();
    long channels = input.getShape().get(1);
    try (NDArray mean = scope.zeros(new Shape(channels));
        NDArray variance = scope.zeros(new Shape(channels))) {
      // With no share of the old value left, the engine's running values are the batch's own.
      NDArray output = Normalization.normalize(input, mean, variance, affine, 0f, true);
      long values = input.size() / channels;
      recorded.put(
          node.index(), new Moments(mean.toFloatArray(), biased(variance.toFloatArray(), values)));
      return output;
    }
  }

  /** What the batches seen so far had: mean and variance of every batch-norm layer. */
  public Statistics statistics() {
    return new Statistics(recorded);
  }

  /** The engine divides by one less than the number of values. */
  private static float[] biased(float[] variance, long values) {
    for (int i = 0; i < variance.length; i++) {
      variance[i] = (float) (variance[i] * (double) (values - 1) / values);
    }
    return variance;
  }
}
