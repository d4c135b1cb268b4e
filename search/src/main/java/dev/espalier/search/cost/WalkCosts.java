package dev.espalier.search.cost;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import dev.espalier.search.space.KeptGrid;
import java.util.function.ToDoubleFunction;

/**
 * The costs of a network, by walking its layers one by one: slow and plain, the reference that
 * every faster count must equal.
 *
 * <ul>
 *   <li>MACs: positions x out x in/groups x kernel^2 of each convolution, in x out of each linear
 *       layer. Bias, batch norm, activation, pooling, add and mixture are not counted, as is usual.
 *   <li>Parameters: weights, biases, and scale and shift of batch norm (not its running statistics;
 *       not the alphas of a mixture, which are gone once the choice is made).
 *   <li>Activations: the largest sum of 32-bit buffers alive at once when the layers run in order.
 *       Every layer writes a buffer that lives until its last reader has run, the image is one too;
 *       a flatten works in the buffer that it reads, and so do batch norm and activation where no
 *       other layer reads it.
 * </ul>
 */
public final class WalkCosts {

  private WalkCosts() {}

  /**
   * The costs of a network.
   *
   * @param batch images that are computed together, at least 1; counts for the activations only
   */
  public static Costs of(Network network, int batch) {
    return of(network, layer -> 1, batch);
  }

  /**
   * The costs of a network whose layers are sparse.
   *
   * @param kept the fraction of its weights that a convolution or linear layer keeps, in (0, 1]
   * @param batch as above
   */
  public static Costs of(Network network, ToDoubleFunction<Node> kept, int batch) {
    Costs costs = dense(network, batch);
    for (Node layer : network.layersWithWeights()) {
      long weights = weights(network, layer);
      long left = KeptGrid.kept(kept.applyAsDouble(layer), weights);
      costs = costs.less(layer.output().positions() * (weights - left), Costs.saved(weights, left));
    }
    return costs;
  }

  private static Costs dense(Network network, int batch) {
    long macs = network.nodes().stream().mapToLong(node -> macs(network, node)).sum();
    long parameters = network.nodes().stream().mapToLong(node -> parameters(network, node)).sum();
    long activations =
        Liveness.moments(network).stream()
            .mapToLong(alive -> alive.stream().mapToLong(node -> node.output().elements()).sum())
            .max()
            .orElseThrow();
    return Costs.of(macs, parameters, batch * activations);
  }

  /** The MACs of one node for one image. */
  public static long macs(Network network, Node node) {
    return (long) node.output().positions() * weights(network, node);
  }

  /** The learned values of one node. */
  public static long parameters(Network network, Node node) {
    long out = node.output().channels();
    boolean biased =
        (node.layer() instanceof Layer.Conv conv && conv.bias())
            || (node.layer() instanceof Layer.Linear linear && linear.bias());
    long bias = biased ? out : 0;
    long normal =
        node.layer() instanceof Layer.BatchNorm batchNorm && batchNorm.affine() ? 2 * out : 0;
    return weights(network, node) + bias + normal;
  }

  /** The weights of a convolution or linear layer without its bias; 0 for any other node. */
  public static long weights(Network network, Node node) {
    long out = node.output().channels();
    if (node.layer() instanceof Layer.Conv conv) {
      Shape input = network.inputOf(node);
      return out * (input.channels() / conv.groups()) * conv.kernel() * conv.kernel();
    }
    return node.layer() instanceof Layer.Linear ? out * network.inputOf(node).channels() : 0;
  }
}
