package dev.espalier.pruningnet.scoring.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.ScaleShift;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;

/**
 * Batch norm with known statistics as {@link ScaleShift}; and folded into the convolution in front
 * of it: weights W s, bias b s + t. Not thread-safe.
 */
final class Folding {

  private final Network pruned;
  private final Weights weights;
  private final Statistics statistics;
  private final NDManager scope;

  Folding(Network pruned, Weights weights, Statistics statistics, NDManager scope) {
    this.pruned = pruned;
    this.weights = weights;
    this.statistics = statistics;
    this.scope = scope;
  }

  /** Scale and shift of a batch norm. */
  LayerWeights affine(Node norm) {
    Moments moments = statistics.of(norm);
    int channels = pruned.node(norm.index()).output().channels();
    if (moments.channels() != channels) {
      throw new IllegalArgumentException(
          "statistics of %d channels for node '%s', which has %d"
              .formatted(moments.channels(), norm.name(), channels));
    }
    ScaleShift affine = ScaleShift.of(moments, weights.find(norm));
    return new LayerWeights(floats(affine.scale()), floats(affine.shift()));
  }

  private NDArray floats(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return scope.create(rounded);
  }

  /** Weights and bias of a convolution with the batch norm behind it. */
  LayerWeights fold(Node conv, Node norm) {
    LayerWeights layer = weights.of(conv);
    LayerWeights affine = affine(norm);
    try (NDArray rows = affine.weight().reshape(-1, 1, 1, 1)) {
      NDArray weight = layer.weight().mul(rows);
      weight.attach(scope);
      if (layer.bias() == null) {
        return new LayerWeights(weight, affine.bias());
      }
      NDArray bias = layer.bias().mul(affine.weight()).addi(affine.bias());
      bias.attach(scope);
      return new LayerWeights(weight, bias);
    }
  }

  /** A layer without batch norm; a bias of zeros where it adds none. */
  LayerWeights plain(Node node) {
    LayerWeights layer = weights.of(node);
    int channels = pruned.node(node.index()).output().channels();
    return layer.bias() == null
        ? new LayerWeights(layer.weight(), scope.zeros(new Shape(channels)))
        : layer;
  }
}
