package dev.espalier.search.space;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Node;
import java.util.function.IntUnaryOperator;

/** Rebuilds a network with other widths; the builder checks every shape anew. */
final class Pruning {

  private Pruning() {}

  static Network apply(SearchSpace space, IntUnaryOperator widths) {
    Network base = space.network();
    NetworkBuilder pruned = new NetworkBuilder(base.name(), base.input());
    for (Node node : base.nodes().subList(1, base.nodes().size())) {
      pruned.add(node.name(), layer(space, widths, node), node.inputs());
    }
    return pruned.build();
  }

  private static Layer layer(SearchSpace space, IntUnaryOperator widths, Node node) {
    int width = space.width(widths, node);
    if (node.layer() instanceof Layer.Conv conv) {
      int groups = space.network().isDepthwise(node) ? width : conv.groups();
      return new Layer.Conv(
          width,
          conv.kernel(),
          conv.stride(),
          conv.padding(),
          conv.dilation(),
          groups,
          conv.bias());
    }
    if (node.layer() instanceof Layer.Linear linear) {
      return new Layer.Linear(width, linear.bias());
    }
    return node.layer();
  }
}
