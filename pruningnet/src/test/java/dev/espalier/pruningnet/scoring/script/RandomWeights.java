package dev.espalier.pruningnet.scoring.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Weights for any network, of a size that keeps activations near 1. */
public final class RandomWeights {

  private final RandomGenerator random;
  private final NDManager scope;

  private RandomWeights(RandomGenerator random, NDManager scope) {
    this.random = random;
    this.scope = scope;
  }

  /** Weights of convolutions and linear layers, and scale and shift of batch norms. */
  public static Weights of(Network network, RandomGenerator random, NDManager scope) {
    RandomWeights weights = new RandomWeights(random, scope);
    Map<Integer, LayerWeights> layers = new HashMap<>();
    for (Node node : network.nodes()) {
      if (node.layer() instanceof Layer.Conv conv) {
        int in = network.inputOf(node).channels() / conv.groups();
        Shape shape = new Shape(conv.out(), in, conv.kernel(), conv.kernel());
        layers.put(node.index(), weights.layer(shape, conv.bias()));
      } else if (node.layer() instanceof Layer.Linear linear) {
        Shape shape = new Shape(linear.out(), network.inputOf(node).channels());
        layers.put(node.index(), weights.layer(shape, linear.bias()));
      } else if (node.layer() instanceof Layer.BatchNorm norm && norm.affine()) {
        Shape shape = new Shape(node.output().channels());
        layers.put(
            node.index(), new LayerWeights(weights.normal(shape, 1, 0.2), weights.bias(shape)));
      }
    }
    return new Weights(layers);
  }

  private LayerWeights layer(Shape shape, boolean bias) {
    double deviation = Math.sqrt(2.0 * shape.get(0) / shape.size());
    return new LayerWeights(
        normal(shape, 0, deviation), bias ? bias(new Shape(shape.get(0))) : null);
  }

  private NDArray bias(Shape shape) {
    return normal(shape, 0, 0.1);
  }

  private NDArray normal(Shape shape, double mean, double deviation) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian(mean, deviation);
    }
    return scope.create(values, shape);
  }
}
