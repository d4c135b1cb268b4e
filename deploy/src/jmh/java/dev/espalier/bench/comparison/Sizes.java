package dev.espalier.bench.comparison;

import dev.espalier.search.cost.WalkCosts;
import dev.espalier.search.network.Network;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Networks of one kind in several widths: which one has the number of weights that is asked for.
 */
final class Sizes {

  private Sizes() {}

  /** The network whose number of weights is nearest. */
  static Network nearest(IntFunction<Network> ofWidth, IntStream widths, long weights) {
    return widths
        .mapToObj(ofWidth)
        .min(Comparator.comparingLong(network -> Math.abs(weights(network) - weights)))
        .orElseThrow();
  }

  /** All weights of convolutions and linear layers. */
  static long weights(Network network) {
    return network.layersWithWeights().stream()
        .mapToLong(layer -> WalkCosts.weights(network, layer))
        .sum();
  }
}
