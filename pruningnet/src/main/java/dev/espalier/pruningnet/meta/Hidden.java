package dev.espalier.pruningnet.meta;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.space.SearchSpace;
import java.util.List;

/** Rules, read off the graph, for how a layer's generator is built. */
final class Hidden {

  private static final int PLAIN = 32;
  private static final int INVERTED_BOTTLENECK = 64;

  private Hidden() {}

  /**
   * Width h of the generator's hidden layer: 64 in inverted bottlenecks, whose layers see the
   * widths on both sides and an inner one tied to a depthwise convolution; 32 elsewhere.
   */
  static int width(SearchSpace space, Node node) {
    List<Integer> context = space.context(node.index());
    return context.size() > 2 && seesDepthwise(space, context) ? INVERTED_BOTTLENECK : PLAIN;
  }

  private static boolean seesDepthwise(SearchSpace space, List<Integer> context) {
    Network network = space.network();
    return network.nodes().stream()
        .filter(other -> other.layer() instanceof Layer.Conv && network.isDepthwise(other))
        .flatMap(other -> space.segments(other.index()).stream())
        .anyMatch(segment -> context.contains(segment.group()));
  }

  /** Whether all readers subtract the mean, so that a bias in front of them changes nothing. */
  static boolean feedsOnlyBatchNorm(Network network, Node node) {
    List<Node> readers =
        network.nodes().stream().filter(other -> other.inputs().contains(node.index())).toList();
    return !readers.isEmpty()
        && readers.stream().allMatch(reader -> reader.layer() instanceof Layer.BatchNorm);
  }
}
