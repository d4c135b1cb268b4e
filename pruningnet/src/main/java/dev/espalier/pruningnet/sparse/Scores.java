package dev.espalier.pruningnet.sparse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

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
    for (Node node : network.layersWithWeights()) {
      Shape shape = granularity.scores(weights.of(node).weight().getShape());
      layers.put(node.index(), Parameter.zeros(node.name() + ".scores", shape, memory));
    }
  }

  /**
   * Scores of zero, to be filled in.
   *
   * @param weights have the shapes of the layers
   * @param memory owns the scores
   */
  public static Scores zeros(
      Network network, Granularity granularity, Weights weights, NDManager memory) {
    return new Scores(network, granularity, weights, memory);
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
    return masks(sparsity, parameters(), scope);
  }

  /**
   * The masks that other scores of these shapes would give.
   *
   * @param values in the order of {@link #parameters()}
   * @param scope owns the masks
   */
  public Masks masks(Sparsity sparsity, List<Parameter> values, NDManager scope) {
    if (sparsity.granularity() != granularity) {
      throw new IllegalArgumentException(
          "the scores are of each %s, but the sparsity is of each %s"
              .formatted(granularity, sparsity.granularity()));
    }
    Map<Integer, NDArray> masks = new HashMap<>();
    Iterator<Parameter> next = values.iterator();
    for (int node : layers.keySet()) {
      NDArray scores = next.next().array();
      float[] all = scores.toFloatArray();
      float[] mask = TopK.mask(all, sparsity.kept(network.node(node), all.length));
      masks.put(node, scope.create(mask, scores.getShape()));
    }
    return new Masks(masks);
  }

  /**
   * Masks under the names of their scores, so that a gradient of the one is found as that of the
   * other: the way straight through.
   */
  public List<Parameter> named(Masks masks) {
    List<Parameter> named = new ArrayList<>();
    layers.forEach((node, scores) -> named.add(new Parameter(scores.name(), masks.of(node))));
    return named;
  }

  /**
   * Any arrays as masks, real numbers too.
   *
   * @param arrays gives the array of a layer's scores
   */
  public Masks relaxed(Function<Parameter, NDArray> arrays) {
    Map<Integer, NDArray> masks = new HashMap<>();
    layers.forEach((node, scores) -> masks.put(node, arrays.apply(scores)));
    return new Masks(masks);
  }
}
