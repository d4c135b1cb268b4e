package dev.espalier.pruningnet.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.espalier.search.network.Layer;

/** The layers that are never pruned as the engine's operations. */
final class FixedOperations {

  private static final int CHANNELS = 1;

  private FixedOperations() {}

  static NDArray apply(Layer.Fixed layer, NDArray input) {
    if (layer instanceof Layer.Slice slice) {
      return channels(input, slice.from(), slice.to());
    }
    if (layer instanceof Layer.Shuffle shuffle) {
      return shuffle(input, shuffle.groups());
    }
    if (layer instanceof Layer.LocalResponse response) {
      return localResponse(response, input);
    }
    throw new IllegalArgumentException(layer + " cannot be run");
  }

  private static NDArray channels(NDArray input, int from, int to) {
    return input.get(":, %d:%d".formatted(from, to));
  }

  private static NDArray shuffle(NDArray input, int groups) {
    Shape shape = input.getShape();
    long each = shape.get(CHANNELS) / groups;
    try (NDArray parted = input.reshape(shape.get(0), groups, each, shape.get(2), shape.get(3));
        NDArray turned = parted.transpose(0, 2, 1, 3, 4)) {
      return turned.reshape(shape);
    }
  }

  private static NDArray localResponse(Layer.LocalResponse response, NDArray input) {
    try (NDArray squares = input.square();
        NDArray around = withNeighbours(response, squares);
        NDArray sum = sum(around, response.size(), (int) input.getShape().get(CHANNELS));
        NDArray scaled = sum.mul(response.alpha() / response.size());
        NDArray shifted = scaled.add(response.bias());
        NDArray divisor = shifted.pow(response.beta())) {
      return input.div(divisor);
    }
  }

  /** Channels of zeros before the first and behind the last one. */
  private static NDArray withNeighbours(Layer.LocalResponse response, NDArray squares) {
    Shape shape = squares.getShape();
    Shape sides = new Shape(shape.get(0), response.size() / 2, shape.get(2), shape.get(3));
    try (NDArray zeros = squares.getManager().zeros(sides, squares.getDataType())) {
      return NDArrays.concat(new NDList(zeros, squares, zeros), CHANNELS);
    }
  }

  private static NDArray sum(NDArray around, int size, int channels) {
    NDArray sum = channels(around, 0, channels);
    for (int i = 1; i < size; i++) {
      try (NDArray partial = sum;
          NDArray next = channels(around, i, i + channels)) {
        sum = partial.add(next);
      }
    }
    return sum;
  }
}
