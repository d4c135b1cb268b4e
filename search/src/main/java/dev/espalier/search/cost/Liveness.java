package dev.espalier.search.cost;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which activations are in memory at the same time when the nodes of a network run in order.
 *
 * <p>Every node writes a buffer of its own, which lives until its last reader has run; the image is
 * one too. Three layers work in place, in the buffer of what they read: a flatten always, since it
 * moves nothing, and batch norm and activation where no other node reads their input.
 */
final class Liveness {

  private Liveness() {}

  /**
   * The moments at which memory grows: for each node that writes a buffer of its own, the nodes
   * whose buffers are alive while it runs, its own among them. Widths play no part in it, so a
   * pruned network has the moments of its base network.
   */
  static List<List<Node>> moments(Network network) {
    int[] readers = new int[network.nodes().size()];
    network.nodes().forEach(node -> node.inputs().forEach(input -> readers[input]++));
    int[] buffer = new int[network.nodes().size()];
    int[] lastUse = new int[network.nodes().size()];
    for (Node node : network.nodes()) {
      int index = node.index();
      buffer[index] = isInPlace(node, readers) ? buffer[node.input()] : index;
      lastUse[buffer[index]] = index;
      node.inputs().forEach(input -> lastUse[buffer[input]] = index);
    }
    List<List<Node>> moments = new ArrayList<>();
    for (int now : Arrays.stream(buffer).distinct().toArray()) {
      moments.add(
          network.nodes().subList(0, now + 1).stream()
              .filter(node -> buffer[node.index()] == node.index())
              .filter(node -> lastUse[node.index()] >= now)
              .toList());
    }
    return moments;
  }

  private static boolean isInPlace(Node node, int[] readers) {
    return node.layer() instanceof Layer.Flatten
        || ((node.layer() instanceof Layer.BatchNorm || node.layer() instanceof Layer.Activation)
            && readers[node.input()] == 1);
  }
}
