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
    return hasOwnMemory(index) && readers.get(index).size() == 1;
  }

  /**
   * The same for one reader of several, all others of which are done before a given node runs; a
   * view is never done, it goes on looking at the memory that it reads.
   */
  boolean mayOverwrite(int index, Node reader, Node running) {
    return hasOwnMemory(index)
        && readers.get(index).stream()
            .filter(other -> !other.equals(reader))
            .allMatch(other -> other.index() < running.index() && !isView(other.layer()));
  }

  private boolean hasOwnMemory(int index) {
    Layer layer = network.node(index).layer();
    return !(layer instanceof Layer.Input || isView(layer));
  }

  /** Whether what a layer makes may be the memory that it reads; a shuffle of one by one is. */
  private static boolean isView(Layer layer) {
    return layer instanceof Layer.Flatten || layer instanceof Layer.Shuffle;
  }
}
