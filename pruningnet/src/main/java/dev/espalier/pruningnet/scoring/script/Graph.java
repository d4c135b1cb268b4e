package dev.espalier.pruningnet.scoring.script;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network seen from its producers: who reads a node. Immutable. */
final class Graph {

  private final Network network;
  private final List<List<Node>> readers = new ArrayList<>();

  Graph(Network network) {
    this.network = network;
    network.nodes().forEach(node -> readers.add(new ArrayList<>()));
    for (Node node : network.nodes()) {
      node.inputs().forEach(input -> readers.get(input).add(node));
    }
  }

  Network network() {
    return network;
  }

  /** The node that alone reads a node, once. */
  Optional<Node> onlyReader(Node node) {
    List<Node> all = readers.get(node.index());
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  /**
   * Whether the only reader of a node may write its result over it: the node's memory is its own
   * and nobody else reads it.
   */
  boolean mayOverwrite(int index) {
    Node node = network.node(index);
    boolean ownMemory =
        node.layer() instanceof Layer.Conv
            || node.layer() instanceof Layer.Linear
            || node.layer() instanceof Layer.BatchNorm
            || node.layer() instanceof Layer.Add;
    return ownMemory && onlyReader(node).isPresent();
  }
}
