package dev.espalier.pruningnet.sparse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.search.digest.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which weights of a network are kept. The arrays belong to the scope in which they were made.
 *
 * @param layers 1 where a weight is kept, 0 where it is dropped, by the node's index in its
 *     network; of the weight's shape, or out x 1 x ... for whole filters
 */
public record Masks(Map<Integer, NDArray> layers) {

  /** Copies the map. */
  public Masks {
    layers = Map.copyOf(layers);
  }

  /** The mask of a layer. */
  NDArray of(int node) {
    NDArray found = layers.get(node);
    if (found == null) {
      throw new IllegalArgumentException("no mask for node " + node);
    }
    return found;
  }

  /** SHA-256 of what is kept. */
  public String digest() {
    StringBuilder digests = new StringBuilder();
    new TreeMap<>(layers)
        .forEach((node, mask) -> digests.append(node).append(Sha256.of(mask.toByteArray())));
    return Sha256.of(digests.toString());
  }

  /**
   * The weights with all that is dropped set to 0, which is what the masked network runs on. Biases
   * and batch norm stay. Gradients flow to masks and to kept weights, if they collect them.
   *
   * @param scope owns what has to be made, whoever owns masks and weights
   */
  public Weights apply(Weights weights, NDManager scope) {
    Map<Integer, LayerWeights> masked = new HashMap<>(weights.layers());
    masked.replaceAll(
        (node, layer) -> {
          NDArray mask = layers.get(node);
          if (mask == null) {
            return layer;
          }
          NDArray kept = layer.weight().mul(mask);
          kept.attach(scope);
          return new LayerWeights(kept, layer.bias());
        });
    return new Weights(masked);
  }
}
