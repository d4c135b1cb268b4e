package dev.espalier.pruningnet.sparse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How important each weight of a network is, or each filter: learned numbers beside the weights. Of
 * each layer the largest are kept, and the masked network runs on W * M with M 1 for what is kept
 * and 0 otherwise. The gradient goes straight through the choice, dL/dS = dL/dM, as in "What's
 * Hidden in a Randomly Weighted Neural Network?" (2020) and "DASS: Differentiable Architecture
 * Search for Sparse Neural Networks" (2023).
 *
 * <p>Works for any network. Its native memory belongs to the scope that it was made in.
 */
public final class Scores {

  private static final double FAN_IN_GAIN = 6;

  private final Network network;
  private final Granularity granularity;
  private final Map<Integer, Parameter> layers = new TreeMap<>();

  private Scores(Network network, Granularity granularity, Weights weights, NDManager memory) {
    this.network = network;
    this.granularity = granularity;
    for (Node node : Sparsity.layers(network)) {
      Shape shape = granularity.scores(weights.of(node).weight().getShape());
      layers.put(node.index(), Parameter.zeros(node.name() + ".scores", shape, memory));
    }
  }

  /**
   * Scores from magnitudes: sqrt(6 / fan-in) |w| / max |w| of the layer, after "HYDRA: Pruning
   * Adversarially Robust Neural Networks" (2020); the score of a filter uses the mean |w| of its
   * weights.
   *
   * @param memory owns the scores
   */
  public static Scores ofMagnitudes(
      Network network, Granularity granularity, Weights weights, NDManager memory) {
    Scores scores = new Scores(network, granularity, weights, memory);
    scores.setToMagnitudes(weights);
    return scores;
  }

  /** Begins anew from the weights as they are now, see {@link #ofMagnitudes}. */
  public void setToMagnitudes(Weights weights) {
    layers.forEach(
        (node, scores) -> {
          float[] values = weights.of(network.node(node)).weight().toFloatArray();
          int groups = (int) scores.array().getShape().get(0);
          scores.set(0, magnitudes(values, (int) scores.size(), groups), (int) scores.size());
        });
  }

  private static float[] magnitudes(float[] weights, int scores, int outputs) {
    float[] magnitudes = new float[scores];
    int each = weights.length / scores;
    double most = 0;
    for (int i = 0; i < scores; i++) {
      double sum = 0;
      for (int j = 0; j < each; j++) {
        sum += Math.abs(weights[i * each + j]);
      }
      magnitudes[i] = (float) (sum / each);
      most = Math.max(most, magnitudes[i]);
    }
    double fanIn = (double) weights.length / outputs;
    double scale = most == 0 ? 0 : Math.sqrt(FAN_IN_GAIN / fanIn) / most;
    for (int i = 0; i < scores; i++) {
      magnitudes[i] = (float) (magnitudes[i] * scale);
    }
    return magnitudes;
  }

  /** What is learned, in the order of the network. */
  public List<Parameter> parameters() {
    return List.copyOf(layers.values());
  }

  /** What has a score of its own. */
  public Granularity granularity() {
    return granularity;
  }

  /**
   * The masks of the largest scores.
   *
   * @param scope owns the masks
   */
  public Masks masks(Sparsity sparsity, NDManager scope) {
    Map<Integer, NDArray> masks = new HashMap<>();
    layers.forEach(
        (node, scores) -> {
          float[] values = scores.array().toFloatArray();
          float[] mask = TopK.mask(values, sparsity.kept(network.node(node), values.length));
          masks.put(node, scope.create(mask, scores.array().getShape()));
        });
    return new Masks(masks);
  }

  /** The gradients of the scores, after the way back to masks that collect theirs. */
  public Gradients gradients(Masks masks) {
    Gradients gradients = new Gradients();
    layers.forEach(
        (node, scores) -> gradients.put(scores, new Gradient.Dense(masks.of(node).getGradient())));
    return gradients;
  }
}
