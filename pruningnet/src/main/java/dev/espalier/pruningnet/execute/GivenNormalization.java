package dev.espalier.pruningnet.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.search.network.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Normalises by statistics measured before: evaluation. May be shared by several threads. */
final class GivenNormalization implements Normalization {

  private final Map<Integer, NDArray> means = new HashMap<>();
  private final Map<Integer, NDArray> variances = new HashMap<>();

  private GivenNormalization() {}

  static GivenNormalization of(Statistics statistics, NDManager scope) {
    GivenNormalization given = new GivenNormalization();
    statistics
        .layers()
        .forEach(
            (node, moments) -> {
              given.means.put(node, scope.create(moments.mean()));
              given.variances.put(node, scope.create(moments.variance()));
            });
    return given;
  }

  @Override
  public NDArray apply(Node node, NDArray input, @Nullable LayerWeights affine) {
    NDArray mean = means.get(node.index());
    NDArray variance = variances.get(node.index());
    if (mean == null || variance == null) {
      throw new IllegalArgumentException("no statistics for node '%s'".formatted(node.name()));
    }
    return Normalization.normalize(input, mean, variance, affine, 1f, false);
  }
}
