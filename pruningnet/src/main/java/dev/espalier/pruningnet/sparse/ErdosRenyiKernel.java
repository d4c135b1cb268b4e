package dev.espalier.pruningnet.sparse;

import dev.espalier.search.cost.WalkCosts;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Spreads what a network keeps over its layers so that small ones keep a larger share: in
 * proportion to (in + out + height + width) / (in * out * height * width) of a kernel, at most all,
 * with in the input channels of one group. From "Rigging the Lottery: Making All Tickets Winners"
 * (2020). One share for all would leave a depthwise convolution with nothing.
 */
public final class ErdosRenyiKernel {

  private ErdosRenyiKernel() {}

  /**
   * The share of each layer.
   *
   * @param network plain, or a supernet
   * @param granularity what is kept or dropped as a whole
   * @param kept share of all weights of convolutions and linear layers, in (0, 1]
   */
  public static Sparsity of(Network network, Granularity granularity, double kept) {
    List<Node> layers = network.layersWithWeights();
    Set<Node> whole = Set.of();
    double scale = scale(network, layers, whole, kept);
    for (Set<Node> full = full(network, layers, scale);
        !full.equals(whole);
        full = full(network, layers, scale)) {
      whole = full;
      scale = scale(network, layers, whole, kept);
    }
    Map<String, Double> shares = new HashMap<>();
    for (Node layer : layers) {
      shares.put(layer.name(), whole.contains(layer) ? 1 : scale * proportion(network, layer));
    }
    return new Sparsity(granularity, kept, shares);
  }

  /** What the proportions of the other layers are multiplied with if some are kept as a whole. */
  private static double scale(Network network, List<Node> layers, Set<Node> whole, double kept) {
    double left = 0;
    double proportions = 0;
    for (Node layer : layers) {
      double weights = WalkCosts.weights(network, layer);
      left += kept * weights - (whole.contains(layer) ? weights : 0);
      proportions += whole.contains(layer) ? 0 : weights * proportion(network, layer);
    }
    return proportions == 0 ? Double.POSITIVE_INFINITY : left / proportions;
  }

  private static Set<Node> full(Network network, List<Node> layers, double scale) {
    return layers.stream()
        .filter(layer -> scale * proportion(network, layer) >= 1)
        .collect(Collectors.toSet());
  }

  private static double proportion(Network network, Node layer) {
    Shape input = network.inputOf(layer);
    if (layer.layer() instanceof Layer.Conv conv) {
      double in = (double) input.channels() / conv.groups();
      double kernel = conv.kernel();
      return (in + conv.out() + 2 * kernel) / (in * conv.out() * kernel * kernel);
    }
    double out = layer.output().channels();
    return (input.channels() + out) / (input.channels() * out);
  }
}
