package dev.espalier.search.energy;

import dev.espalier.search.cost.WalkCosts;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;

/**
 * How often a network's values move, for one image.
 *
 * <p>For a convolution of kernel side k with W weights, M multiply-accumulate operations, I values
 * read, and O values of H rows written: each value crosses the memory once, W + I + O, and the
 * buffer twice, on its way in and out; a weight goes to the array once for each row of the output,
 * an input once for each row of the kernel, and as many partial sums go from element to element, so
 * that the array sees W H + (I + O) k; and each operation reads a weight, an input and a partial
 * sum and writes one, 4 M accesses to registers. A linear layer is one of k = H = 1. Bias, batch
 * norm, activation, pooling and sums happen on the way and are not counted.
 *
 * @param macs multiply-accumulate operations
 * @param register accesses
 * @param array transfers
 * @param buffer accesses
 * @param memory accesses
 */
public record Accesses(long macs, long register, long array, long buffer, long memory) {

  /** Those of a network. */
  public static Accesses of(Network network) {
    Accesses sum = new Accesses(0, 0, 0, 0, 0);
    for (Node layer : network.layersWithWeights()) {
      sum = sum.and(of(network, layer));
    }
    return sum;
  }

  private static Accesses of(Network network, Node node) {
    long weights = WalkCosts.weights(network, node);
    long macs = WalkCosts.macs(network, node);
    Shape output = node.output();
    long moved = network.inputOf(node).elements() + output.elements();
    int kernel = node.layer() instanceof Layer.Conv conv ? conv.kernel() : 1;
    return new Accesses(
        macs,
        4 * macs,
        weights * output.height() + moved * kernel,
        2 * (weights + moved),
        weights + moved);
  }

  private Accesses and(Accesses other) {
    return new Accesses(
        macs + other.macs,
        register + other.register,
        array + other.array,
        buffer + other.buffer,
        memory + other.memory);
  }

  /** What they take, in the unit of the coefficients. */
  public double energy(Coefficients each) {
    return macs * each.mac()
        + register * each.register()
        + array * each.array()
        + buffer * each.buffer()
        + memory * each.memory();
  }
}
