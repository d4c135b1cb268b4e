package dev.espalier.pruningnet.onnx.imports;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Layer.Activation.Function;
import dev.espalier.search.network.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns operators into layers, one by one in the order of their graph. Values of batch x features
 * are features x 1 x 1, so that what only adds or removes axes of one is nothing. Not thread-safe.
 */
final class OperatorReader {

  private static final float EPSILON = 1e-5f;
  private static final double CLOSE = 1e-6;
  private static final Set<String> SHUFFLING = Set.of("Reshape", "Transpose");

  private final GraphValues values;
  private final ReadLayers layers;
  private final ImportedWeights weights = new ImportedWeights();
  private final WindowReader windows;
  private final ChannelReader channels;
  private final ShapeReader shapes;

  /** Operators that were read together with an earlier one. */
  private final Set<Operator> done = new HashSet<>();

  OperatorReader(ReadLayers layers, GraphValues values) {
    this.values = values;
    this.layers = layers;
    this.windows = new WindowReader(layers, values, weights);
    this.channels = new ChannelReader(layers, values);
    this.shapes = new ShapeReader(values, layers);
  }

  ImportedWeights weights() {
    return weights;
  }

  /** How many convolutions got a batch norm for their bias. */
  int unfolded() {
    return windows.unfolded();
  }

  /**
   * Reads an operator.
   *
   * @param readers of its output
   */
  void read(Operator operator, List<Operator> readers) {
    if (done.contains(operator) || shapes.read(operator)) {
      return;
    }
    if (!SHUFFLING.contains(operator.type())) {
      channels.requireWhole(operator);
    }
    switch (operator.type()) {
      case "Identity", "Dropout" -> layers.alias(operator);
      case "Conv" -> windows.conv(operator, readers);
      case "Gemm" -> gemm(operator);
      case "MatMul" -> matMul(operator, readers);
      case "BatchNormalization" -> batchNorm(operator);
      case "Relu" -> activation(operator, Function.RELU);
      case "Clip" -> clip(operator);
      case "Sigmoid" -> activation(operator, Function.SIGMOID);
      case "HardSigmoid" -> hardSigmoid(operator);
      case "HardSwish" -> activation(operator, Function.HARD_SWISH);
      case "MaxPool" -> windows.pool(operator, Layer.Pool.Kind.MAX);
      case "AveragePool" -> windows.pool(operator, Layer.Pool.Kind.AVERAGE);
      case "Pad" -> windows.pad(operator);
      case "GlobalAveragePool" -> layers.add(operator, new Layer.GlobalAveragePool());
      case "LRN" -> channels.localResponse(operator);
      case "Slice" -> channels.slice(operator);
      case "Split" -> channels.split(operator);
      case "Transpose" -> channels.transpose(operator);
      case "ReduceMean" -> mean(operator);
      case "Add", "Sum" -> sum(operator);
      case "Mul" -> multiply(operator);
      case "Concat" -> {
        operator.require("axis", 1, 1);
        layers.add(operator, new Layer.Concat(), values.layers(operator));
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
        values.computes(sum.output(), layers.last());
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
    if (layers.shape(input).elements() != in || layers.shape(input).positions() != 1) {
      throw operator.refused(
          "it reads %d features, but is given %s".formatted(in, layers.shape(input)));
    }
    float[] read = values.floats(matrix);
    String name = layers.add(operator, new Layer.Linear(out, bias), List.of(input));
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
    int channels = layers.read(operator).channels();
    String name = layers.add(operator, new Layer.BatchNorm(true));
    weights.weight(name, values.vector(operator, 1, channels));
    weights.bias(name, values.vector(operator, 2, channels));
    weights.statistics(
        layers.last(),
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
    layers.add(operator, new Layer.Activation(function));
  }

  private void mean(Operator operator) {
    List<Long> axes = values.integers(operator, "axes", 1);
    if (!Set.of(2L, 3L).equals(Set.copyOf(axes)) && !Set.of(-1L, -2L).equals(Set.copyOf(axes))) {
      throw operator.refused("its axes are %s, expected height and width".formatted(axes));
    }
    layers.add(operator, new Layer.GlobalAveragePool());
  }

  private void sum(Operator operator) {
    List<Integer> inputs = values.layers(operator);
    if (inputs.size() == 1) {
      layers.alias(operator);
    } else {
      layers.add(operator, new Layer.Add(), inputs);
    }
  }

  private void multiply(Operator operator) {
    int first = values.layer(operator, 0);
    int second = values.layer(operator, 1);
    boolean turned = layers.shape(first).positions() < layers.shape(second).positions();
    layers.add(
        operator, new Layer.Multiply(), turned ? List.of(second, first) : List.of(first, second));
  }

  private void flatten(Operator operator) {
    if (layers.read(operator).positions() == 1) {
      layers.alias(operator);
    } else {
      layers.add(operator, new Layer.Flatten());
    }
  }

  private void reshape(Operator operator) {
    List<Long> shape = values.integers(operator, 1);
    if (channels.reshape(operator, shape)) {
      return;
    }
    Shape input = layers.read(operator);
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
    if (layers.read(operator).positions() != 1) {
      throw operator.refused("it changes the axes of feature maps");
    }
    layers.alias(operator);
  }
}
