package dev.espalier.search.network;

import dev.espalier.search.digest.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An immutable graph of layers in topological order. Node 0 is the image, the last node gives the
 * class scores. Build one with {@link NetworkBuilder}, which checks every shape.
 *
 * <p>Safe to share between threads.
 *
 * @param name what people call it, e.g. {@code resnet20}
 * @param nodes the layers, each after the ones it reads
 */
public record Network(String name, List<Node> nodes) {

  /** Copies the nodes, so that a network never changes. */
  public Network {
    nodes = List.copyOf(nodes);
  }

  /** The node at an index. */
  public Node node(int index) {
    return nodes.get(index);
  }

  /** Shape of one image. */
  public Shape input() {
    return nodes.get(0).output();
  }

  /** Shape of what a node reads, for layers that read one node. */
  public Shape inputOf(Node node) {
    return nodes.get(node.input()).output();
  }

  /** Number of classes: the channels of the last node. */
  public int classes() {
    return nodes.get(nodes.size() - 1).output().channels();
  }

  /** The convolutions and linear layers, in order. */
  public List<Node> layersWithWeights() {
    return nodes.stream()
        .filter(node -> node.layer() instanceof Layer.Conv || node.layer() instanceof Layer.Linear)
        .toList();
  }

  /** Whether a node is a convolution with one filter per input channel. */
  public boolean isDepthwise(Node node) {
    return node.layer() instanceof Layer.Conv conv
        && conv.groups() > 1
        && conv.groups() == inputOf(node).channels()
        && conv.groups() == conv.out();
  }

  /**
   * The choices that are open in a supernet, each with its options, in the order of the nodes;
   * empty for a plain network.
   */
  public Map<String, List<String>> choices() {
    Map<String, List<String>> choices = new LinkedHashMap<>();
    for (Node node : nodes) {
      if (node.layer() instanceof Layer.Mixture mixture) {
        choices.put(mixture.choice(), mixture.options());
      }
    }
    return choices;
  }

  /**
   * One line per node: name, layer with its settings, inputs and output shape. Two networks compute
   * the same function of the same weights exactly if their descriptions are equal, so {@link
   * #digest()} identifies a network.
   */
  public String describe() {
    StringBuilder text = new StringBuilder();
    for (Node node : nodes) {
      text.append(node.name())
          .append(' ')
          .append(node.layer())
          .append(' ')
          .append(node.inputs())
          .append(' ')
          .append(node.output())
          .append('\n');
    }
    return text.toString();
  }

  /** SHA-256 of {@link #describe()}, as 64 hexadecimal digits. */
  public String digest() {
    return Sha256.of(describe());
  }
}
