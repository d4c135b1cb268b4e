package dev.espalier.pruningnet.meta;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.space.SearchSpace;
import java.util.List;
import java.util.stream.IntStream;

/** Rules, read off the graph, for how a layer's generator is built. */
final class GeneratorRules {

  private GeneratorRules() {}

  /** Width of a generator's hidden layer: twice the plain one in inverted bottlenecks. */
  static int hidden(SearchSpace space, Node node, int plain) {
    return ends(space, node).anyMatch(group -> isInnerOfInverted(space, group)) ? 2 * plain : plain;
  }

  /** Whether all readers subtract the mean, so that a bias in front of them changes nothing. */
  static boolean feedsOnlyBatchNorm(Network network, Node node) {
    List<Node> readers =
        network.nodes().stream().filter(other -> other.inputs().contains(node.index())).toList();
    return !readers.isEmpty()
        && readers.stream().allMatch(reader -> reader.layer() instanceof Layer.BatchNorm);
  }

  /** Not tied by an add itself, but by a depthwise convolution, and next to a group that is. */
  private static boolean isInnerOfInverted(SearchSpace space, int group) {
    Network network = space.network();
    List<Node> around =
        network.nodes().stream()
            .filter(node -> node.layer() instanceof Layer.Conv)
            .filter(node -> ends(space, node).anyMatch(end -> end == group))
            .toList();
    return !space.groups().get(group).residual()
        && around.stream().anyMatch(network::isDepthwise)
        && around.stream()
            .flatMapToInt(node -> ends(space, node))
            .anyMatch(end -> space.groups().get(end).residual());
  }

  /** The groups that a layer reads and writes. */
  private static IntStream ends(SearchSpace space, Node node) {
    return IntStream.of(node.input(), node.index())
        .flatMap(at -> space.segments(at).stream().mapToInt(segment -> segment.group()));
  }
}
