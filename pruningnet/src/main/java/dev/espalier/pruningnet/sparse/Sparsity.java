package dev.espalier.pruningnet.sparse;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.Nearest;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.space.KeptGrid;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of each layer is kept: of n scores the round(n f) largest ones, at least 1. Immutable.
 *
 * @param granularity what is kept or dropped as a whole
 * @param kept f of every convolution and linear layer, in (0, 1]
 * @param layers f of some layers in place of {@code kept}, by the node's name
 */
public record Sparsity(Granularity granularity, double kept, Map<String, Double> layers) {

  /** Refuses a fraction that leaves nothing, or more than there is. */
  public Sparsity {
    // In a fixed order: the text is part of digests.
    layers = Collections.unmodifiableSortedMap(new TreeMap<>(layers));
    check("sparsity.kept", kept);
    layers.forEach((layer, f) -> check("sparsity.layers." + layer, f));
  }

  private static void check(String name, double kept) {
    if (!(kept > 0 && kept <= 1)) {
      throw new BadInputException(
          "%s is %s, expected above 0 and at most 1, e.g. 0.05 to keep 5 %%".formatted(name, kept));
    }
  }

  /** The same fraction of every layer. */
  public static Sparsity of(Granularity granularity, double kept) {
    return new Sparsity(granularity, kept, Map.of());
  }

  /**
   * Refuses layers that a network does not have.
   *
   * @throws BadInputException naming the layer
   */
  public void check(Network network) {
    List<String> known = network.layersWithWeights().stream().map(Node::name).toList();
    for (String layer : layers.keySet()) {
      if (!known.contains(layer)) {
        throw new BadInputException(
            "sparsity.layers: network %s has no convolution or linear layer '%s'.%s"
                .formatted(network.name(), layer, Nearest.hint(layer, known)));
      }
    }
  }

  /** How many of a layer's scores are kept. */
  public int kept(Node layer, int scores) {
    return (int) KeptGrid.kept(fraction(layer), scores);
  }

  /** The f of a layer. */
  public double fraction(Node layer) {
    return layers.getOrDefault(layer.name(), kept);
  }
}
