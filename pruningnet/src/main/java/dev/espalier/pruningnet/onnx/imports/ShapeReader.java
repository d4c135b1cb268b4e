package dev.espalier.pruningnet.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;

/**
 * Computes what a graph computes about shapes, as exporters write it for a reshaping: every side of
 * a feature map is known, only the number of images is not. Not thread-safe.
 */
final class ShapeReader {

  /** The number of images; also what a reshaping finds out by itself. */
  private static final long IMAGES = -1;

  private final GraphValues values;
  private final ReadLayers layers;

  ShapeReader(GraphValues values, ReadLayers layers) {
    this.values = values;
    this.layers = layers;
  }

  /** Reads an operator, unless it is one for feature maps. */
  boolean read(Operator operator) {
    if (operator.type().equals("Shape")) {
      var shape = layers.read(operator);
      values.lists(
          operator,
          List.of(IMAGES, (long) shape.channels(), (long) shape.height(), (long) shape.width()));
      return true;
    }
    if (!values.isList(operator.input(0))) {
      return false;
    }
    List<Long> given = values.integers(operator, 0);
    switch (operator.type()) {
      case "Cast", "Identity", "Squeeze", "Unsqueeze" -> values.lists(operator, given);
      case "Gather" -> values.lists(operator, gathered(operator, given));
      case "Slice" -> values.lists(operator, sliced(operator, given));
      case "Concat" -> values.lists(operator, joined(operator));
      case "Add" -> compute(operator, given, Math::addExact);
      case "Sub" -> compute(operator, given, Math::subtractExact);
      case "Mul" -> compute(operator, given, Math::multiplyExact);
      case "Div" -> compute(operator, given, (a, b) -> a / b);
      default -> throw operator.refused("it computes a shape in a way that is not known");
    }
    return true;
  }

  private List<Long> gathered(Operator operator, List<Long> given) {
    return values.integers(operator, 1).stream()
        .map(index -> given.get(position(operator, index, given.size())))
        .toList();
  }

  private List<Long> sliced(Operator operator, List<Long> given) {
    if (!operator.input(4).isEmpty() && !values.integers(operator, 4).equals(List.of(1L))) {
      throw operator.refused("it takes steps, expected neighbours");
    }
    Range range = Range.of(operator, values, given.size());
    return given.subList(range.from(), range.to());
  }

  private List<Long> joined(Operator operator) {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < operator.node().getInputCount(); i++) {
      all.addAll(values.integers(operator, i));
    }
    return all;
  }

  private void compute(Operator operator, List<Long> first, LongBinaryOperator operation) {
    List<Long> second = values.integers(operator, 1);
    if (first.size() != 1 || second.size() != 1) {
      throw operator.refused("it computes with %s and %s".formatted(first, second));
    }
    long a = first.get(0);
    long b = second.get(0);
    if (a == IMAGES || b == IMAGES || (b == 0 && operator.type().equals("Div"))) {
      throw operator.refused(
          "it computes with the number of images, or divides by 0. Maybe export it for one image?");
    }
    values.lists(operator, List.of(operation.applyAsLong(a, b)));
  }

  private static int position(Operator operator, long index, int count) {
    long found = index < 0 ? index + count : index;
    if (found < 0 || found >= count) {
      throw operator.refused("index %d is not one of %d".formatted(index, count));
    }
    return (int) found;
  }

  /**
   * What a slice takes of so many.
   *
   * @param from the first
   * @param to behind the last
   */
  record Range(int from, int to) {

    /** The only range of a slice. */
    static Range of(Operator operator, GraphValues values, int count) {
      List<Long> starts = values.integers(operator, "starts", 1);
      List<Long> ends = values.integers(operator, "ends", 2);
      if (starts.size() != 1 || ends.size() != 1) {
        throw operator.refused(
            "it takes from %s to %s, expected one range".formatted(starts, ends));
      }
      return new Range(clamped(starts.get(0), count), clamped(ends.get(0), count));
    }

    private static int clamped(long position, int count) {
      return (int) Math.max(0, Math.min(count, position < 0 ? position + count : position));
    }
  }
}
