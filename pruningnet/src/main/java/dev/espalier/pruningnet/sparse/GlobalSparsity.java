package dev.espalier.pruningnet.sparse;

import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each layer keeps if the largest scores of the whole network are kept: what was learned about
 * the layers' importance against each other, after "Learning both Weights and Connections for
 * Efficient Neural Networks" (2015) with one threshold.
 */
public final class GlobalSparsity {

  private GlobalSparsity() {}

  /**
   * The share of each layer; at least one score of it.
   *
   * @param kept share of all scores, in (0, 1]
   */
  public static Sparsity of(Network network, Scores scores, double kept) {
    List<float[]> layers =
        scores.parameters().stream().map(Parameter::array).map(a -> a.toFloatArray()).toList();
    float threshold = threshold(layers, kept);
    Map<String, Double> shares = new HashMap<>();
    List<Node> nodes = network.layersWithWeights();
    for (int i = 0; i < nodes.size(); i++) {
      float[] layer = layers.get(i);
      int left = 0;
      for (float score : layer) {
        left += score >= threshold ? 1 : 0;
      }
      shares.put(nodes.get(i).name(), Math.max(1.0, left) / layer.length);
    }
    return new Sparsity(scores.granularity(), kept, shares);
  }

  /** The smallest score that is kept. */
  private static float threshold(List<float[]> layers, double kept) {
    float[] all = new float[layers.stream().mapToInt(layer -> layer.length).sum()];
    int at = 0;
    for (float[] layer : layers) {
      System.arraycopy(layer, 0, all, at, layer.length);
      at += layer.length;
    }
    Arrays.sort(all);
    long left = Math.max(1, Math.round(kept * all.length));
    return all[(int) (all.length - left)];
  }
}
