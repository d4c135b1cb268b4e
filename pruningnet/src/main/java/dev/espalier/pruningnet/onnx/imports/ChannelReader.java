package dev.espalier.pruningnet.onnx.imports;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads operators for which it matters which channel is which. Not thread-safe. */
final class ChannelReader {

  private static final Set<Long> CHANNELS = Set.of(1L, -3L);
  private static final List<Long> TURN = List.of(0L, 2L, 1L, 3L, 4L);

  private final ReadLayers layers;
  private final GraphValues values;

  /** Channels in groups on an axis of their own, and how many groups; then the same, turned. */
  private final Map<String, Integer> parted = new HashMap<>();

  private final Map<String, Integer> turned = new HashMap<>();

  ChannelReader(ReadLayers layers, GraphValues values) {
    this.layers = layers;
    this.values = values;
  }

  void localResponse(Operator operator) {
    layers.add(
        operator,
        new Layer.LocalResponse(
            operator.small("size", operator.integer("size", 1)),
            operator.real("alpha", 1e-4f),
            operator.real("beta", 0.75f),
            operator.real("bias", 1)));
  }

  void slice(Operator operator) {
    List<Long> axes = values.integers(operator, "axes", 3);
    List<Long> steps = operator.input(4).isEmpty() ? List.of(1L) : values.integers(operator, 4);
    if (axes.size() != 1 || !CHANNELS.contains(axes.get(0)) || !steps.equals(List.of(1L))) {
      throw operator.refused(
          "it takes a part along axes %s in steps of %s, expected neighbours among the channels"
              .formatted(axes, steps));
    }
    var range = ShapeReader.Range.of(operator, values, layers.read(operator).channels());
    layers.add(operator, new Layer.Slice(range.from(), range.to()));
  }

  void split(Operator operator) {
    if (!CHANNELS.contains(operator.integer("axis", 0))) {
      throw operator.refused("it parts axis %d".formatted(operator.integer("axis", 0)));
    }
    List<String> outputs = operator.node().getOutputList();
    int channels = layers.read(operator).channels();
    List<Long> given = values.integers(operator, "split", 1);
    int equal = (channels + outputs.size() - 1) / outputs.size();
    int input = values.layer(operator, 0);
    int from = 0;
    for (int i = 0; i < outputs.size(); i++) {
      int to = given.isEmpty() ? Math.min(channels, from + equal) : end(operator, given, from, i);
      layers.add(
          operator,
          outputs.size() == 1 ? operator.name() : operator.name() + "." + i,
          outputs.get(i),
          new Layer.Slice(from, to),
          List.of(input));
      from = to;
    }
  }

  private static int end(Operator operator, List<Long> lengths, int from, int part) {
    if (part >= lengths.size()) {
      throw operator.refused("it has no length for part %d: %s".formatted(part, lengths));
    }
    return Math.toIntExact(from + lengths.get(part));
  }

  /** Whether a reshaping puts channels into groups, or together again as one shuffles them. */
  boolean reshape(Operator operator, List<Long> shape) {
    Optional<Integer> groups = Optional.ofNullable(turned.get(operator.input(0)));
    if (groups.isPresent()) {
      int input = values.layer(operator, 0);
      if (!isWhole(shape, layers.shape(input))) {
        throw operator.refused(
            "it makes %s of shuffled channels of %s".formatted(shape, layers.shape(input)));
      }
      layers.add(operator, new Layer.Shuffle(groups.get()), List.of(input));
      return true;
    }
    if (shape.size() != TURN.size() || values.layerOf(operator.input(0)).isEmpty()) {
      return false;
    }
    Shape in = layers.read(operator);
    long number = shape.get(1);
    if (number < 1
        || in.channels() % number != 0
        || (shape.get(2) != -1 && shape.get(2) != in.channels() / number)
        || shape.get(3) != in.height()
        || shape.get(4) != in.width()) {
      return false;
    }
    parted.put(operator.output(), (int) number);
    layers.alias(operator);
    return true;
  }

  void transpose(Operator operator) {
    Integer groups = parted.get(operator.input(0));
    List<Long> axes = operator.integers("perm", List.of());
    if (groups == null || !axes.equals(TURN)) {
      throw operator.refused(
          "it turns axes %s, expected those of groups of channels: %s".formatted(axes, TURN));
    }
    turned.put(operator.output(), groups);
    layers.alias(operator);
  }

  /** Refuses to read feature maps whose channels lie on two axes. */
  void requireWhole(Operator operator) {
    for (String input : operator.node().getInputList()) {
      if (parted.containsKey(input) || turned.containsKey(input)) {
        throw operator.refused("it reads channels in groups, expected them shuffled first");
      }
    }
  }

  private static boolean isWhole(List<Long> shape, Shape of) {
    return shape.size() == 4
        && (shape.get(1) == -1 || shape.get(1) == of.channels())
        && shape.get(2) == of.height()
        && shape.get(3) == of.width();
  }
}
