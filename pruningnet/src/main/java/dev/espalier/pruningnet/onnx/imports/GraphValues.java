package dev.espalier.pruningnet.onnx.imports;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The values of a graph by their names: constants, and what layers compute. Everything that an
 * operator reads is found here, or the operator is refused. Not thread-safe.
 */
final class GraphValues {

  private static final int MOST_INTEGERS = 64;

  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Map<String, Integer> layers = new HashMap<>();
  private final Map<String, List<Long>> lists = new HashMap<>();
  private final Tensors tensors;

  GraphValues(Tensors tensors) {
    this.tensors = tensors;
  }

  /** Adds a constant, unless its values lie where they must not. */
  void constant(String name, TensorProto tensor) {
    tensors.requireBeside(tensor);
    constants.put(name, tensor);
  }

  /** Says which layer computes a value. */
  void computes(String name, int layer) {
    layers.put(name, layer);
  }

  /** Says which integers an operator computes from shapes. */
  void lists(Operator operator, List<Long> integers) {
    if (integers.size() > MOST_INTEGERS) {
      throw operator.refused(
          "it computes %d integers, more than a shape of %d sides"
              .formatted(integers.size(), MOST_INTEGERS));
    }
    lists.put(operator.output(), integers);
  }

  /** Whether the integers of a value are known. */
  boolean isList(String name) {
    TensorProto constant = constants.get(name);
    return lists.containsKey(name)
        || (constant != null && constant.getDataType() == TensorProto.DataType.INT64.getNumber());
  }

  boolean isConstant(String name) {
    return constants.containsKey(name);
  }

  /** The layer that computes a value, if any does. */
  Optional<Integer> layerOf(String name) {
    return Optional.ofNullable(layers.get(name));
  }

  float[] floats(TensorProto constant) {
    return tensors.floats(constant);
  }

  /** The integers that an operator reads: constants, or computed from shapes. */
  List<Long> integers(Operator operator, int input) {
    List<Long> computed = lists.get(operator.input(input));
    if (computed != null) {
      return computed;
    }
    TensorProto found = constants.get(operator.input(input));
    if (found == null) {
      throw operator.refused(
          "input '%s' is computed, expected constants. Maybe simplify the graph when it is exported?"
              .formatted(operator.input(input)));
    }
    return Arrays.stream(tensors.integers(found)).boxed().toList();
  }

  /** Integers that newer versions of an operator read, and older ones have as a setting. */
  List<Long> integers(Operator operator, String setting, int input) {
    return operator.input(input).isEmpty()
        ? operator.integers(setting, List.of())
        : integers(operator, input);
  }

  /** A constant that an operator reads, of so many axes, whose values are yet to be read. */
  TensorProto tensor(Operator operator, int input, int axes) {
    TensorProto found = constants.get(operator.input(input));
    if (found == null || found.getDimsCount() != axes) {
      throw operator.refused(
          "input '%s' is %s, expected a constant of %d axes"
              .formatted(
                  operator.input(input),
                  found == null ? "computed" : "a constant of axes " + found.getDimsList(),
                  axes));
    }
    tensors.count(found);
    return found;
  }

  /** Constants that an operator reads, so many. */
  float[] vector(Operator operator, int input, int length) {
    TensorProto found = constants.get(operator.input(input));
    float[] values = found == null ? new float[0] : tensors.floats(found);
    if (values.length != length) {
      throw operator.refused(
          "input '%s' has %d constants, expected %d"
              .formatted(operator.input(input), values.length, length));
    }
    return values;
  }

  /** The layer that computes what an operator reads. */
  int layer(Operator operator, int input) {
    Integer found = layers.get(operator.input(input));
    if (found == null) {
      throw operator.refused(
          "input '%s' is %s, expected what a layer computes"
              .formatted(
                  operator.input(input),
                  constants.containsKey(operator.input(input)) ? "a constant" : "not there"));
    }
    return found;
  }

  /** The layers that compute all that an operator reads. */
  List<Integer> layers(Operator operator) {
    return IntStream.range(0, operator.node().getInputCount())
        .mapToObj(input -> layer(operator, input))
        .toList();
  }
}
