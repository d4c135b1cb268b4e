package dev.espalier.pruningnet.sparse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.search.network.Node;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.HashMap;
import java.util.Map;

/**
 * The masks of a structure whose genes say what fraction of its weights a layer keeps. Layers that
 * keep all of them have no mask.
 */
public final class StructureMasks {

  private StructureMasks() {}

  /**
   * Keeps the weights with the largest magnitudes, after "Learning both Weights and Connections for
   * Efficient Neural Networks" (2015).
   *
   * @param space the structure's
   * @param weights of the pruned network; channels that only pad it are zeros, and never kept
   *     before others
   * @param scope owns the masks
   */
  public static Masks ofMagnitudes(
      SearchSpace space, Structure structure, Weights weights, NDManager scope) {
    Map<Integer, NDArray> masks = new HashMap<>();
    for (Node layer : space.network().layersWithWeights()) {
      if (space.keptFraction(structure, layer) < 1) {
        NDArray weight = weights.of(layer).weight();
        int kept = Math.toIntExact(space.keptWeights(structure, layer));
        masks.put(layer.index(), mask(weight, kept, scope));
      }
    }
    return new Masks(masks);
  }

  private static NDArray mask(NDArray weight, int kept, NDManager scope) {
    float[] values = weight.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return scope.create(TopK.mask(values, kept), weight.getShape());
  }
}
