package dev.espalier.pruningnet.onnx.imports;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The layers that were read so far, and which values of the graph they compute. Not thread-safe.
 */
final class ReadLayers {

  private static final long MOST_ELEMENTS = 1 << 27;

  private final NetworkBuilder network;
  private final GraphValues values;
  private final Set<String> names = new HashSet<>(Set.of("image"));
  private int last;

  ReadLayers(NetworkBuilder network, GraphValues values) {
    this.network = network;
    this.values = values;
  }

  /** The layer that was read last. */
  int last() {
    return last;
  }

  Shape shape(int layer) {
    return network.shape(layer);
  }

  /** The shape of what an operator reads first. */
  Shape read(Operator operator) {
    return shape(values.layer(operator, 0));
  }

  /** Takes what an operator reads for what it computes. */
  void alias(Operator operator) {
    values.computes(operator.output(), values.layer(operator, 0));
  }

  /** Adds a layer over what an operator reads first, and returns its name. */
  String add(Operator operator, Layer layer) {
    return add(operator, layer, List.of(values.layer(operator, 0)));
  }

  /** Adds the layer that computes what an operator computes, and returns its name. */
  String add(Operator operator, Layer layer, List<Integer> inputs) {
    return add(operator, operator.name(), operator.output(), layer, inputs);
  }

  /**
   * Adds a layer for a part of an operator, and returns its name.
   *
   * @param wanted name, if no other layer has it
   * @param value that the layer computes
   */
  String add(Operator operator, String wanted, String value, Layer layer, List<Integer> inputs) {
    String name = unique(wanted);
    try {
      last = network.add(name, layer, inputs);
    } catch (IllegalArgumentException e) {
      throw operator.refused("" + e.getMessage());
    }
    if (shape(last).elements() > MOST_ELEMENTS) {
      throw operator.refused(
          "it makes %s of an image, more than %d values".formatted(shape(last), MOST_ELEMENTS));
    }
    values.computes(value, last);
    return name;
  }

  /** A name without blanks that no layer has yet. */
  private String unique(String wanted) {
    String name =
        wanted.isEmpty()
            ? "layer"
            : wanted
                .codePoints()
                .map(letter -> Character.isWhitespace(letter) ? '_' : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }
}
