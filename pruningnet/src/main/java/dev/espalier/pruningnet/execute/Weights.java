package dev.espalier.pruningnet.execute;

import dev.espalier.search.network.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a network, by node. Batch-norm layers without an entry normalise without scale and
 * shift; their statistics are apart, in {@link Statistics}. The arrays belong to the scope in which
 * they were made. Immutable; may be read by several threads.
 *
 * @param layers weights by the node's index in its network
 */
public record Weights(Map<Integer, LayerWeights> layers) {

  /** Copies the map, so that a set of weights never changes. */
  public Weights {
    layers = Map.copyOf(layers);
  }

  /** The weights of a layer that cannot do without. */
  public LayerWeights of(Node node) {
    LayerWeights found = layers.get(node.index());
    if (found == null) {
      throw new IllegalArgumentException(
          "no weights for node '%s' (%s)".formatted(node.name(), node.layer()));
    }
    return found;
  }

  /** The weights of a layer that may do without, or null. */
  public @Nullable LayerWeights find(Node node) {
    return layers.get(node.index());
  }
}
