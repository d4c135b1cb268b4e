package dev.espalier.pruningnet.execute;

import dev.espalier.search.network.Node;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the batch-norm layers of a network normalise by, by node. Plain numbers, so that they can be
 * pooled, stored and sent. Immutable.
 *
 * @param layers moments by the node's index in its network
 */
public record Statistics(Map<Integer, Moments> layers) {

  /** Copies the map. */
  public Statistics {
    layers = Map.copyOf(layers);
  }

  /** The moments of a layer. */
  public Moments of(Node node) {
    Moments found = layers.get(node.index());
    if (found == null) {
      throw new IllegalArgumentException("no statistics for node '%s'".formatted(node.name()));
    }
    return found;
  }

  /** The layers in the order of the network. */
  public Map<Integer, Moments> ordered() {
    return new TreeMap<>(layers);
  }
}
