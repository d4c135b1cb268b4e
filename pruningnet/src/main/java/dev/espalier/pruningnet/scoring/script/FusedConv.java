package dev.espalier.pruningnet.scoring.script;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A convolution and what can be computed together with it: a batch norm with known statistics
 * becomes part of weights and bias; the sum with a branch that is there already, and an activation,
 * are applied to the result, which takes the branch's place in memory.
 *
 * @param conv the convolution
 * @param norm the batch norm folded into it, or null
 * @param sum the add applied to it, or null
 * @param branch index of the add's other input; meaningless without a sum
 * @param activation the activation applied at last, or null
 */
record FusedConv(
    Node conv, @Nullable Node norm, @Nullable Node sum, int branch, @Nullable Node activation) {

  /**
   * Follows the chain of only readers behind a convolution.
   *
   * @param present whether a node's output has been computed before the convolution
   */
  static FusedConv of(Graph graph, Node conv, IntPredicate present) {
    Node last = conv;
    Node norm = next(graph, last, Layer.BatchNorm.class).orElse(null);
    last = norm == null ? last : norm;
    Node sum = next(graph, last, Layer.Add.class).orElse(null);
    int branch = 0;
    if (sum != null) {
      branch = sum.inputs().get(sum.input() == last.index() ? 1 : 0);
      boolean fits =
          sum.inputs().size() == 2 && present.test(branch) && graph.mayOverwrite(branch, sum, conv);
      sum = fits ? sum : null;
    }
    last = sum == null ? last : sum;
    Node activation =
        next(graph, last, Layer.Activation.class).filter(FusedConv::isClipped).orElse(null);
    return new FusedConv(conv, norm, sum, branch, activation);
  }

  /** The node whose output the whole chain computes. */
  Node last() {
    List<Node> all = nodes();
    return all.get(all.size() - 1);
  }

  /** All nodes of the chain, in order. */
  List<Node> nodes() {
    List<Node> nodes = new ArrayList<>(List.of(conv));
    if (norm != null) {
      nodes.add(norm);
    }
    if (sum != null) {
      nodes.add(sum);
    }
    if (activation != null) {
      nodes.add(activation);
    }
    return nodes;
  }

  /** Whether an activation is one that the kernels of a convolution have. */
  private static boolean isClipped(Node activation) {
    return switch (((Layer.Activation) activation.layer()).function()) {
      case RELU, RELU6 -> true;
      case SIGMOID, HARD_SIGMOID, HARD_SWISH -> false;
    };
  }

  private static Optional<Node> next(Graph graph, Node node, Class<? extends Layer> kind) {
    return graph.onlyReader(node).filter(reader -> kind.isInstance(reader.layer()));
  }
}
