package dev.espalier.search.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds a {@link Network} node by node, inferring and checking every shape. Each method returns
 * the new node's index. Not thread-safe; use one builder per network.
 *
 * <p>Every refusal is an {@link IllegalArgumentException} that names the network, the node and both
 * shapes.
 */
public final class NetworkBuilder {

  private final String name;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, List<String>> choices = new HashMap<>();

  /** Starts a network with its image as node 0. */
  public NetworkBuilder(String name, Shape image) {
    this.name = name;
    add("image", new Layer.Input(image), List.of());
  }

  /** A dense convolution without bias, padded to keep the size at stride 1. */
  public int conv(String node, int input, int out, int kernel, int stride) {
    return add(node, Layer.Conv.dense(out, kernel, stride), List.of(input));
  }

  /** A depthwise convolution without bias, padded to keep the size at stride 1. */
  public int depthwise(String node, int input, int kernel, int stride) {
    return add(node, Layer.Conv.depthwise(shape(input).channels(), kernel, stride), List.of(input));
  }

  /**
   * A convolution and its batch norm, named {@code block.conv} and {@code block.bn} with the part's
   * name behind, if it has one: {@code stage1.block0.conv1}. Returns the batch norm.
   */
  public int convBatchNorm(String block, String part, int input, Layer.Conv conv) {
    int filtered = add(block + ".conv" + part, conv, List.of(input));
    return batchNorm(block + ".bn" + part, filtered);
  }

  /** Batch norm with learned scale and shift. */
  public int batchNorm(String node, int input) {
    return add(node, new Layer.BatchNorm(true), List.of(input));
  }

  /** An activation. */
  public int activation(String node, int input, Layer.Activation.Function function) {
    return add(node, new Layer.Activation(function), List.of(input));
  }

  /** The mean of each feature map. */
  public int globalAveragePool(String node, int input) {
    return add(node, new Layer.GlobalAveragePool(), List.of(input));
  }

  /** A fully connected layer with bias. */
  public int linear(String node, int input, int out) {
    return add(node, new Layer.Linear(out, true), List.of(input));
  }

  /** The sum of nodes of one shape. */
  public int sum(String node, int... inputs) {
    return add(node, new Layer.Add(), boxed(inputs));
  }

  /** The concatenation of nodes along the channels. */
  public int concat(String node, int... inputs) {
    return add(node, new Layer.Concat(), boxed(inputs));
  }

  /** Any layer. */
  public int add(String node, Layer layer, List<Integer> inputs) {
    if (!names.add(node)) {
      throw new IllegalArgumentException("network %s: two nodes named '%s'".formatted(name, node));
    }
    for (int input : inputs) {
      if (input < 0 || input >= nodes.size()) {
        throw new IllegalArgumentException(
            "network %s: node '%s' reads node %d, which is not before it (0 to %d)"
                .formatted(name, node, input, nodes.size() - 1));
      }
    }
    if (layer instanceof Layer.Mixture mixture) {
      checkChoice(node, mixture);
    }
    List<Shape> shapes = inputs.stream().map(this::shape).toList();
    Shape output;
    try {
      output = Shapes.infer(layer, shapes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "network %s: node '%s': %s".formatted(name, node, e.getMessage()), e);
    }
    nodes.add(new Node(nodes.size(), node, layer, inputs, output));
    return nodes.size() - 1;
  }

  /** Name of a node added before. */
  public String name(int node) {
    return nodes.get(node).name();
  }

  /** Shape of a node added before. */
  public Shape shape(int node) {
    return nodes.get(node).output();
  }

  /** The finished network; the last node added is its output. */
  public Network build() {
    return new Network(name, nodes);
  }

  private void checkChoice(String node, Layer.Mixture mixture) {
    List<String> known = choices.putIfAbsent(mixture.choice(), mixture.options());
    if (known != null && !known.equals(mixture.options())) {
      throw new IllegalArgumentException(
          "network %s: node '%s' chooses from %s, but choice %s has been %s before"
              .formatted(name, node, mixture.options(), mixture.choice(), known));
    }
  }

  private static List<Integer> boxed(int... values) {
    List<Integer> list = new ArrayList<>();
    for (int value : values) {
      list.add(value);
    }
    return list;
  }
}
