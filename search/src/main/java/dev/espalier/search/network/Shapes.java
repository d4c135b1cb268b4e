package dev.espalier.search.network;

import java.util.List;

/** Shape inference: the output shape of a layer from the shapes it reads. */
final class Shapes {

  private Shapes() {}

  /**
   * The output shape; an {@link IllegalArgumentException} where the inputs do not fit the layer.
   */
  static Shape infer(Layer layer, List<Shape> inputs) {
    if (layer instanceof Layer.Input image) {
      return image.shape();
    }
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("a layer other than the image needs an input");
    }
    Shape first = inputs.get(0);
    if (layer instanceof Layer.Add) {
      return sum(inputs);
    }
    if (layer instanceof Layer.Multiply) {
      return product(inputs);
    }
    if (layer instanceof Layer.Concat) {
      return concat(inputs);
    }
    if (layer instanceof Layer.Mixture mixture) {
      return mixture(mixture, inputs);
    }
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          "reads %d nodes, but %s takes one".formatted(inputs.size(), layer));
    }
    if (layer instanceof Layer.Conv conv) {
      return conv(conv, first);
    }
    if (layer instanceof Layer.Linear linear) {
      if (first.positions() != 1) {
        throw new IllegalArgumentException("a linear layer needs a flat input, found " + first);
      }
      return new Shape(linear.out(), 1, 1);
    }
    if (layer instanceof Layer.Pool pool) {
      return window(first, first.channels(), pool.kernel(), pool.stride(), pool.padding());
    }
    if (layer instanceof Layer.Pad pad) {
      return pad(pad, first);
    }
    if (layer instanceof Layer.Fixed fixed) {
      return fixed(fixed, first);
    }
    if (layer instanceof Layer.GlobalAveragePool) {
      return new Shape(first.channels(), 1, 1);
    }
    if (layer instanceof Layer.Flatten) {
      return new Shape(Math.toIntExact(first.elements()), 1, 1);
    }
    return first;
  }

  private static Shape conv(Layer.Conv conv, Shape input) {
    if (conv.groups() < 1
        || input.channels() % conv.groups() != 0
        || conv.out() % conv.groups() != 0) {
      throw new IllegalArgumentException(
          "%d groups do not divide %d input and %d output channels"
              .formatted(conv.groups(), input.channels(), conv.out()));
    }
    if (conv.dilation() < 1) {
      throw new IllegalArgumentException(
          "a dilation of %d is impossible".formatted(conv.dilation()));
    }
    int span = conv.dilation() * (conv.kernel() - 1) + 1;
    return window(input, conv.out(), span, conv.stride(), conv.padding());
  }

  private static Shape window(Shape input, int channels, int kernel, int stride, int padding) {
    if (kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "a window of %d with stride %d and padding %d is impossible"
              .formatted(kernel, stride, padding));
    }
    int down = input.height() + 2 * padding - kernel;
    int across = input.width() + 2 * padding - kernel;
    if (down < 0 || across < 0) {
      throw new IllegalArgumentException(
          "a window of %d with padding %d does not fit into %s".formatted(kernel, padding, input));
    }
    return new Shape(channels, down / stride + 1, across / stride + 1);
  }

  private static Shape pad(Layer.Pad pad, Shape input) {
    if (Math.min(Math.min(pad.top(), pad.bottom()), Math.min(pad.left(), pad.right())) < 0) {
      throw new IllegalArgumentException(pad + " takes something away");
    }
    return new Shape(
        input.channels(),
        pad.top() + input.height() + pad.bottom(),
        pad.left() + input.width() + pad.right());
  }

  private static Shape fixed(Layer.Fixed fixed, Shape input) {
    int channels = input.channels();
    if (fixed instanceof Layer.Slice slice) {
      if (slice.from() < 0 || slice.from() >= slice.to() || slice.to() > channels) {
        throw new IllegalArgumentException("%s has no %s".formatted(input, slice));
      }
      return input.withChannels(slice.to() - slice.from());
    }
    if (fixed instanceof Layer.Shuffle shuffle
        && (shuffle.groups() < 1 || channels % shuffle.groups() != 0)) {
      throw new IllegalArgumentException(
          "%d groups do not divide %d channels".formatted(shuffle.groups(), channels));
    }
    if (fixed instanceof Layer.LocalResponse response
        && (response.size() < 1 || response.size() % 2 == 0)) {
      throw new IllegalArgumentException(
          "%s is over no odd number of channels".formatted(response));
    }
    return input;
  }

  private static Shape mixture(Layer.Mixture mixture, List<Shape> inputs) {
    int weighted = mixture.weighted().length;
    if (inputs.size() != weighted) {
      throw new IllegalArgumentException(
          "reads %d nodes, but choice %s has %d options with an input: %s"
              .formatted(inputs.size(), mixture.choice(), weighted, mixture.options()));
    }
    return sum(inputs);
  }

  private static Shape sum(List<Shape> inputs) {
    Shape first = inputs.get(0);
    for (Shape shape : inputs) {
      if (!shape.equals(first)) {
        throw new IllegalArgumentException("cannot add %s to %s".formatted(shape, first));
      }
    }
    return first;
  }

  private static Shape product(List<Shape> inputs) {
    Shape first = inputs.get(0);
    if (inputs.size() != 2
        || !(inputs.get(1).equals(first)
            || inputs.get(1).equals(new Shape(first.channels(), 1, 1)))) {
      throw new IllegalArgumentException(
          "cannot multiply %s, expected two of one shape, or %s and a factor for each channel"
              .formatted(inputs, first));
    }
    return first;
  }

  private static Shape concat(List<Shape> inputs) {
    Shape first = inputs.get(0);
    int channels = 0;
    for (Shape shape : inputs) {
      if (shape.height() != first.height() || shape.width() != first.width()) {
        throw new IllegalArgumentException("cannot concatenate %s with %s".formatted(shape, first));
      }
      channels += shape.channels();
    }
    return first.withChannels(channels);
  }
}
