package dev.espalier.pruningnet.onnx.imports;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.espalier.pruningnet.onnx.imports.Operator.Sides;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Layer.Pool.Kind;
import dev.espalier.search.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Reads operators that move a window over feature maps. Zeros that are not the same on all sides
 * become a layer of their own. Not thread-safe.
 */
final class WindowReader {

  private static final int AXES = 4;

  private final ReadLayers layers;
  private final GraphValues values;
  private final ImportedWeights weights;
  private int unfolded;

  WindowReader(ReadLayers layers, GraphValues values, ImportedWeights weights) {
    this.layers = layers;
    this.values = values;
    this.weights = weights;
  }

  /** How many convolutions got a batch norm for their bias. */
  int unfolded() {
    return unfolded;
  }

  void conv(Operator operator, List<Operator> readers) {
    TensorProto kernel = values.tensor(operator, 1, AXES);
    int side = Math.toIntExact(kernel.getDims(2));
    if (kernel.getDims(3) != side) {
      throw operator.refused(
          "its kernel is %d x %d, expected a square".formatted(side, kernel.getDims(3)));
    }
    int stride = operator.square("strides", 1);
    int dilation = operator.square("dilations", 1);
    Shape in = layers.read(operator);
    Sides sides = operator.pads(dilation * (side - 1) + 1, stride, in);
    Layer.Conv conv =
        new Layer.Conv(
            Math.toIntExact(kernel.getDims(0)),
            side,
            stride,
            sides.areEqual() ? sides.top() : 0,
            dilation,
            Math.toIntExact(operator.integer("group", 1)),
            !operator.input(2).isEmpty());
    if (kernel.getDims(1) * conv.groups() != in.channels()) {
      throw operator.refused(
          "its kernel reads %d channels in %d groups, but it is given %s"
              .formatted(kernel.getDims(1), conv.groups(), in));
    }
    boolean unfolded =
        conv.bias()
            && in.positions() > 1
            && readers.stream().noneMatch(one -> one.type().equals("BatchNormalization"));
    String name =
        layers.add(
            operator,
            unfolded ? conv.withoutBias() : conv,
            List.of(sides.areEqual() ? values.layer(operator, 0) : padded(operator, sides, 0)));
    weights.weight(name, values.floats(kernel));
    if (unfolded) {
      unfold(operator, values.vector(operator, 2, conv.out()));
    } else if (conv.bias()) {
      weights.bias(name, values.vector(operator, 2, conv.out()));
    }
  }

  /** A batch norm that adds a bias and changes nothing else. */
  private void unfold(Operator conv, float[] bias) {
    float[] ones = new float[bias.length];
    Arrays.fill(ones, 1);
    String name =
        layers.add(
            conv,
            conv.name() + ".bn",
            conv.output(),
            new Layer.BatchNorm(true),
            List.of(layers.last()));
    weights.weight(name, ones);
    weights.bias(name, bias);
    weights.statistics(layers.last(), new float[bias.length], ones, 0);
    unfolded++;
  }

  void pool(Operator operator, Kind kind) {
    int kernel = operator.square("kernel_shape", 1);
    int stride = operator.square("strides", 1);
    operator.square("dilations", 1);
    if (operator.integers("dilations", List.of(1L, 1L)).get(0) != 1) {
      throw operator.refused("its windows have gaps");
    }
    Shape in = layers.read(operator);
    Sides sides = operator.pads(kernel, stride, in);
    if (operator.integer("ceil_mode", 0) != 0) {
      Sides wanted = sides.upTo(kernel, stride, in);
      if (kind == Kind.AVERAGE && !wanted.equals(sides)) {
        operator.require("ceil_mode", 0, 0);
      }
      sides = wanted;
    }
    if (kind == Kind.AVERAGE && !sides.equals(Sides.NONE)) {
      operator.require("count_include_pad", 1, 0);
    }
    // Engines add no more to a pooling by themselves.
    boolean within = sides.areEqual() && 2 * sides.top() <= kernel;
    double value = kind == Kind.MAX ? Double.NEGATIVE_INFINITY : 0;
    layers.add(
        operator,
        new Layer.Pool(kind, kernel, stride, within ? sides.top() : 0),
        List.of(within ? values.layer(operator, 0) : padded(operator, sides, value)));
  }

  /** What a window reads, with values around. */
  private int padded(Operator operator, Sides sides, double value) {
    layers.add(
        operator,
        operator.name() + ".pad",
        operator.output(),
        sides.layer(value),
        List.of(values.layer(operator, 0)));
    return layers.last();
  }

  void pad(Operator operator) {
    if (!operator.text("mode", "constant").equals("constant")) {
      throw operator.refused(
          "its mode is %s, expected constant".formatted(operator.text("mode", "")));
    }
    List<Long> pads = values.integers(operator, "pads", 1);
    if (pads.size() != 2 * AXES
        || !Set.of(0L).containsAll(List.of(pads.get(0), pads.get(1), pads.get(4), pads.get(5)))) {
      throw operator.refused(
          "it adds %s, expected values for height and width only".formatted(pads));
    }
    double value =
        operator.input(2).isEmpty() ? operator.real("value", 0) : values.vector(operator, 2, 1)[0];
    if (value != 0 && value != Double.NEGATIVE_INFINITY) {
      throw operator.refused("it adds %s, expected 0 or -infinity".formatted(value));
    }
    Sides sides = Sides.of(operator, List.of(pads.get(2), pads.get(3), pads.get(6), pads.get(7)));
    layers.add(operator, sides.layer(value));
  }
}
