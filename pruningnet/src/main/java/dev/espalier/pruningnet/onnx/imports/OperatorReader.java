package dev.espalier.pruningnet.onnx.imports;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Layer.Activation.Function;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns operators into layers, one by one in the order of their graph. Values of batch x features
 * are features x 1 x 1, so that what only adds or removes axes of one is nothing. Not thread-safe.
 */
final class OperatorReader {

  private static final float EPSILON = 1e-5f;
  private static final long MOST_ELEMENTS = 1 << 27;
  private static final double CLOSE = 1e-6;

  private final NetworkBuilder network;
  private final GraphValues values;
  private final ImportedWeights weights = new ImportedWeights();
  private final LayerNames names = new LayerNames();

  /** Operators that were read together with an earlier one. */
  private final Set<Operator> done = new HashSet<>();

  private int last;
  private int unfolded;

  OperatorReader(NetworkBuilder network, GraphValues values) {
    this.network = network;
    this.values = values;
  }

  ImportedWeights weights() {
    return weights;
  }

  /** How many convolutions got a batch norm for their bias. */
  int unfolded() {
    return unfolded;
  }

  /** What the last layer computes. */
  Shape lastShape() {
    return network.shape(last);
  }

  /** Whether the last layer computes a value. */
  boolean isLast(String value) {
    return values.layerOf(value).filter(layer -> layer == last).isPresent();
  }

  /** Takes what an operator reads for what it computes. */
  void alias(Operator operator) {
    values.computes(operator.output(), values.layer(operator, 0));
  }

  /**
   * Reads an operator.
   *
   * @param readers of its output
   */
  void read(Operator operator, List<Operator> readers) {
    if (done.contains(operator)) {
      return;
    }
    switch (operator.type()) {
      case "Identity", "Dropout" -> alias(operator);
      case "Conv" -> conv(operator, readers);
      case "Gemm" -> gemm(operator);
      case "MatMul" -> matMul(operator, readers);
      case "BatchNormalization" -> batchNorm(operator);
      case "Relu" -> activation(operator, Function.RELU);
      case "Clip" -> clip(operator);
      case "Sigmoid" -> activation(operator, Function.SIGMOID);
      case "HardSigmoid" -> hardSigmoid(operator);
      case "HardSwish" -> activation(operator, Function.HARD_SWISH);
      case "MaxPool" -> pool(operator, Layer.Pool.Kind.MAX);
      case "AveragePool" -> pool(operator, Layer.Pool.Kind.AVERAGE);
      case "GlobalAveragePool" ->
          add(operator, new Layer.GlobalAveragePool(), values.layer(operator, 0));
      case "ReduceMean" -> mean(operator);
      case "Add", "Sum" -> add(operator, new Layer.Add(), values.layers(operator));
      case "Mul" -> multiply(operator);
      case "Concat" -> {
        operator.require("axis", 1, 1);
        add(operator, new Layer.Concat(), values.layers(operator));
      }
      case "Flatten" -> {
        operator.require("axis", 1, 1);
        flatten(operator);
      }
      case "Reshape" -> reshape(operator);
      case "Squeeze", "Unsqueeze" -> axes(operator);
      default ->
          throw operator.refused(
              "it is not known. Maybe replace it, or take it out of the network?");
    }
  }

  private void conv(Operator operator, List<Operator> readers) {
    TensorProto kernel = values.tensor(operator, 1, 4);
    int side = Math.toIntExact(kernel.getDims(2));
    if (kernel.getDims(3) != side) {
      throw operator.refused(
          "its kernel is %d x %d, expected a square".formatted(side, kernel.getDims(3)));
    }
    int stride = operator.square("strides", 1);
    int dilation = operator.square("dilations", 1);
    Layer.Conv conv =
        new Layer.Conv(
            Math.toIntExact(kernel.getDims(0)),
            side,
            stride,
            operator.padding(dilation * (side - 1) + 1, stride),
            dilation,
            Math.toIntExact(operator.integer("group", 1)),
            !operator.input(2).isEmpty());
    int input = values.layer(operator, 0);
    if (kernel.getDims(1) * conv.groups() != network.shape(input).channels()) {
      throw operator.refused(
          "its kernel reads %d channels in %d groups, but it is given %s"
              .formatted(kernel.getDims(1), conv.groups(), network.shape(input)));
    }
    boolean unfolded =
        conv.bias()
            && network.shape(input).positions() > 1
            && readers.stream().noneMatch(one -> one.type().equals("BatchNormalization"));
    String name = add(operator, unfolded ? conv.withoutBias() : conv, input);
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
    String name = names.unique(conv.name() + ".bn");
    last = network.add(name, new Layer.BatchNorm(true), List.of(last));
    values.computes(conv.output(), last);
    weights.weight(name, ones);
    weights.bias(name, bias);
    weights.statistics(last, new float[bias.length], ones, 0);
    unfolded++;
  }

  private void gemm(Operator operator) {
    operator.require("transA", 0, 0);
    if (operator.real("alpha", 1) != 1 || operator.real("beta", 1) != 1) {
      throw operator.refused("its factors alpha and beta are not 1");
    }
    TensorProto matrix = values.tensor(operator, 1, 2);
    boolean transposed = operator.integer("transB", 0) == 1;
    boolean bias = !operator.input(2).isEmpty();
    String name = linear(operator, matrix, transposed, bias);
    if (bias) {
      int out = Math.toIntExact(matrix.getDims(transposed ? 0 : 1));
      weights.bias(name, values.vector(operator, 2, out));
    }
  }

  /** A product, and the sum behind it with a constant: its bias. */
  private void matMul(Operator operator, List<Operator> readers) {
    TensorProto matrix = values.tensor(operator, 1, 2);
    int out = Math.toIntExact(matrix.getDims(1));
    if (readers.size() == 1 && readers.get(0).type().equals("Add")) {
      Operator sum = readers.get(0);
      int addend = sum.input(0).equals(operator.output()) ? 1 : 0;
      if (values.isConstant(sum.input(addend))) {
        String name = linear(operator, matrix, false, true);
        weights.bias(name, values.vector(sum, addend, out));
        values.computes(sum.output(), last);
        done.add(sum);
        return;
      }
    }
    linear(operator, matrix, false, false);
  }

  private String linear(Operator operator, TensorProto matrix, boolean transposed, boolean bias) {
    int out = Math.toIntExact(matrix.getDims(transposed ? 0 : 1));
    int in = Math.toIntExact(matrix.getDims(transposed ? 1 : 0));
    int input = values.layer(operator, 0);
    if (network.shape(input).elements() != in || network.shape(input).positions() != 1) {
      throw operator.refused(
          "it reads %d features, but is given %s".formatted(in, network.shape(input)));
    }
    float[] read = values.floats(matrix);
    String name = add(operator, new Layer.Linear(out, bias), input);
    weights.weight(name, transposed ? read : transposed(read, in, out));
    return name;
  }

  private static float[] transposed(float[] values, int rows, int columns) {
    float[] turned = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = values[row * columns + column];
      }
    }
    return turned;
  }

  private void batchNorm(Operator operator) {
    operator.require("training_mode", 0, 0);
    int input = values.layer(operator, 0);
    int channels = network.shape(input).channels();
    String name = add(operator, new Layer.BatchNorm(true), input);
    weights.weight(name, values.vector(operator, 1, channels));
    weights.bias(name, values.vector(operator, 2, channels));
    weights.statistics(
        last,
        values.vector(operator, 3, channels),
        values.vector(operator, 4, channels),
        operator.real("epsilon", EPSILON));
  }

  private void clip(Operator operator) {
    float least = bound(operator, 1, "min", Float.NEGATIVE_INFINITY);
    float most = bound(operator, 2, "max", Float.POSITIVE_INFINITY);
    if (least != 0 || (most != 6 && most != Float.POSITIVE_INFINITY)) {
      throw operator.refused(
          "it clips to %s..%s, expected 0..6 or 0..infinity".formatted(least, most));
    }
    activation(operator, most == 6 ? Function.RELU6 : Function.RELU);
  }

  private float bound(Operator operator, int input, String attribute, float usual) {
    return operator.input(input).isEmpty()
        ? operator.real(attribute, usual)
        : values.vector(operator, input, 1)[0];
  }

  private void hardSigmoid(Operator operator) {
    float alpha = operator.real("alpha", 0.2f);
    float beta = operator.real("beta", 0.5f);
    if (Math.abs(alpha - 1 / 6.0) > CLOSE || Math.abs(beta - 0.5) > CLOSE) {
      throw operator.refused(
          "its alpha and beta are %s and %s, expected 1/6 and 1/2".formatted(alpha, beta));
    }
    activation(operator, Function.HARD_SIGMOID);
  }

  private void activation(Operator operator, Function function) {
    add(operator, new Layer.Activation(function), values.layer(operator, 0));
  }

  private void pool(Operator operator, Layer.Pool.Kind kind) {
    operator.require("ceil_mode", 0, 0);
    int kernel = operator.square("kernel_shape", 1);
    int stride = operator.square("strides", 1);
    int padding = operator.padding(kernel, stride);
    operator.square("dilations", 1);
    if (operator.integers("dilations", List.of(1L, 1L)).get(0) != 1) {
      throw operator.refused("its windows have gaps");
    }
    if (kind == Layer.Pool.Kind.AVERAGE && padding > 0) {
      operator.require("count_include_pad", 1, 0);
    }
    add(operator, new Layer.Pool(kind, kernel, stride, padding), values.layer(operator, 0));
  }

  private void mean(Operator operator) {
    List<Long> axes =
        operator.input(1).isEmpty()
            ? operator.integers("axes", List.of())
            : values.integers(operator, 1);
    if (!Set.of(2L, 3L).equals(Set.copyOf(axes)) && !Set.of(-1L, -2L).equals(Set.copyOf(axes))) {
      throw operator.refused("its axes are %s, expected height and width".formatted(axes));
    }
    add(operator, new Layer.GlobalAveragePool(), values.layer(operator, 0));
  }

  private void multiply(Operator operator) {
    int first = values.layer(operator, 0);
    int second = values.layer(operator, 1);
    boolean turned = network.shape(first).positions() < network.shape(second).positions();
    add(operator, new Layer.Multiply(), turned ? List.of(second, first) : List.of(first, second));
  }

  private void flatten(Operator operator) {
    int input = values.layer(operator, 0);
    if (network.shape(input).positions() == 1) {
      alias(operator);
    } else {
      add(operator, new Layer.Flatten(), input);
    }
  }

  private void reshape(Operator operator) {
    List<Long> shape = values.integers(operator, 1);
    Shape input = network.shape(values.layer(operator, 0));
    boolean flat = shape.size() == 2 && (shape.get(1) == -1 || shape.get(1) == input.elements());
    boolean same =
        shape.size() == 4
            && input.positions() == 1
            && shape.get(2) == 1
            && shape.get(3) == 1
            && (shape.get(1) == -1 || shape.get(1) == input.channels());
    if (!flat && !same) {
      throw operator.refused(
          "it makes %s of %s, expected batch x features".formatted(shape, input));
    }
    flatten(operator);
  }

  private void axes(Operator operator) {
    if (network.shape(values.layer(operator, 0)).positions() != 1) {
      throw operator.refused("it changes the axes of feature maps");
    }
    alias(operator);
  }

  private String add(Operator operator, Layer layer, int input) {
    return add(operator, layer, List.of(input));
  }

  private String add(Operator operator, Layer layer, List<Integer> inputs) {
    String name = names.unique(operator.name());
    try {
      last = network.add(name, layer, inputs);
    } catch (IllegalArgumentException e) {
      throw operator.refused("" + e.getMessage());
    }
    if (network.shape(last).elements() > MOST_ELEMENTS) {
      throw operator.refused(
          "it makes %s of an image, more than %d values"
              .formatted(network.shape(last), MOST_ELEMENTS));
    }
    values.computes(operator.output(), last);
    return name;
  }
}
