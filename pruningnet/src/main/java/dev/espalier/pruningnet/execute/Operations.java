package dev.espalier.pruningnet.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Node;
import java.util.Arrays;

/**
 * One layer as the engine's operations. Every activation has four axes, batch x channels x height x
 * width, also the flat ones; every result is a new array in the scope of the first input.
 */
final class Operations {

  private Operations() {}

  static NDArray apply(Node node, NDArray[] inputs, Weights weights, Normalization normalization) {
    Layer layer = node.layer();
    NDArray input = inputs[0];
    if (layer instanceof Layer.Conv conv) {
      return conv(conv, input, weights.of(node));
    }
    if (layer instanceof Layer.Linear) {
      return linear(input, weights.of(node));
    }
    if (layer instanceof Layer.BatchNorm) {
      return normalization.apply(node, input, weights.find(node));
    }
    if (layer instanceof Layer.Activation activation) {
      return switch (activation.function()) {
        case RELU -> Activation.relu(input);
        case RELU6 -> input.clip(0, 6);
        case SIGMOID -> Activation.sigmoid(input);
        case HARD_SIGMOID -> hardSigmoid(input);
        case HARD_SWISH -> {
          try (NDArray gate = hardSigmoid(input)) {
            yield input.mul(gate);
          }
        }
      };
    }
    if (layer instanceof Layer.Pool pool) {
      return pool(pool, input);
    }
    if (layer instanceof Layer.Pad pad) {
      return pad(pad, input);
    }
    if (layer instanceof Layer.Fixed fixed) {
      return FixedOperations.apply(fixed, input);
    }
    if (layer instanceof Layer.GlobalAveragePool) {
      try (NDArray means = Pool.globalAvgPool2d(input)) {
        return flat(means);
      }
    }
    if (layer instanceof Layer.Add) {
      return sum(inputs);
    }
    if (layer instanceof Layer.Multiply) {
      return input.mul(inputs[1]);
    }
    if (layer instanceof Layer.Mixture mixture) {
      return mixture(mixture, inputs, weights.of(node).weight());
    }
    if (layer instanceof Layer.Concat) {
      return NDArrays.concat(new NDList(inputs), 1);
    }
    if (layer instanceof Layer.Flatten) {
      return flat(input);
    }
    throw new IllegalArgumentException("node '%s': %s cannot be run".formatted(node.name(), layer));
  }

  private static NDArray conv(Layer.Conv conv, NDArray input, LayerWeights weights) {
    return Conv2d.conv2d(
            input,
            weights.weight(),
            weights.bias(),
            square(conv.stride()),
            square(conv.padding()),
            square(conv.dilation()),
            conv.groups())
        .singletonOrThrow();
  }

  private static NDArray linear(NDArray input, LayerWeights weights) {
    try (NDArray rows = input.reshape(input.getShape().get(0), -1);
        NDArray output =
            input
                .getNDArrayInternal()
                .linear(rows, weights.weight(), weights.bias())
                .singletonOrThrow()) {
      return flat(output);
    }
  }

  private static NDArray pool(Layer.Pool pool, NDArray input) {
    Shape kernel = square(pool.kernel());
    Shape stride = square(pool.stride());
    Shape padding = square(pool.padding());
    return switch (pool.kind()) {
      case MAX -> Pool.maxPool2d(input, kernel, stride, padding, false);
      case AVERAGE -> Pool.avgPool2d(input, kernel, stride, padding, false, true);
    };
  }

  private static NDArray pad(Layer.Pad pad, NDArray input) {
    try (NDArray tall = between(input, pad.top(), pad.bottom(), 2, pad.value())) {
      return between(tall, pad.left(), pad.right(), 3, pad.value());
    }
  }

  private static NDArray between(NDArray input, int before, int behind, int axis, double value) {
    try (NDArray first = filled(input, axis, before, value);
        NDArray last = filled(input, axis, behind, value)) {
      return NDArrays.concat(new NDList(first, input, last), axis);
    }
  }

  private static NDArray filled(NDArray like, int axis, int length, double value) {
    long[] sides = like.getShape().getShape().clone();
    sides[axis] = length;
    try (NDArray zeros = like.getManager().zeros(new Shape(sides), like.getDataType())) {
      return zeros.add(value);
    }
  }

  private static NDArray hardSigmoid(NDArray input) {
    try (NDArray sixth = input.div(6f);
        NDArray shifted = sixth.add(0.5f)) {
      return shifted.clip(0, 1);
    }
  }

  private static NDArray sum(NDArray[] inputs) {
    NDArray sum = inputs[0].add(inputs[1]);
    for (NDArray more : Arrays.asList(inputs).subList(2, inputs.length)) {
      try (NDArray partial = sum) {
        sum = partial.add(more);
      }
    }
    return sum;
  }

  private static NDArray mixture(Layer.Mixture mixture, NDArray[] inputs, NDArray alphas) {
    try (NDArray shares = alphas.softmax(0)) {
      int[] weighted = mixture.weighted();
      NDArray sum = share(shares, weighted[0], inputs[0]);
      for (int i = 1; i < inputs.length; i++) {
        try (NDArray partial = sum;
            NDArray next = share(shares, weighted[i], inputs[i])) {
          sum = partial.add(next);
        }
      }
      return sum;
    }
  }

  private static NDArray share(NDArray shares, int option, NDArray input) {
    try (NDArray share = shares.get(option)) {
      return input.mul(share);
    }
  }

  private static NDArray flat(NDArray input) {
    return input.reshape(input.getShape().get(0), -1, 1, 1);
  }

  private static Shape square(int side) {
    return new Shape(side, side);
  }
}
