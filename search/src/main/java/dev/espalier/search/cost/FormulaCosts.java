package dev.espalier.search.cost;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Segment;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.List;

/**
 * The costs of a structure by formula, without building its network; equal to {@link WalkCosts} of
 * the pruned network.
 *
 * <p>With w_g the width of channel group g, MACs and parameters are polynomials sum c_ab w_a w_b +
 * sum c_a w_a: a convolution contributes to the product of what it reads and writes, a depthwise
 * one, a bias and batch norm to one width. Activations are the maximum, over the moments at which
 * memory grows, of a sum c_a w_a. All coefficients are found once. Where layers may be sparse, the
 * weights of each are counted too.
 *
 * <p>Immutable and thread-safe.
 */
public final class FormulaCosts implements CostModel {

  private final SearchSpace space;
  private final Polynomial macs;
  private final Polynomial parameters;
  private final List<Node> sparse;
  private final long[][] moments;
  private final long batch;

  private FormulaCosts(SearchSpace space, int batch) {
    this.space = space;
    this.batch = batch;
    Network network = space.network();
    int groups = space.groups().size();
    this.macs = new Polynomial(groups);
    this.parameters = new Polynomial(groups);
    for (Node node : network.nodes()) {
      if (node.layer() instanceof Layer.Conv conv) {
        addBias(node, conv.bias() ? 1 : 0);
      } else if (node.layer() instanceof Layer.Linear linear) {
        addBias(node, linear.bias() ? 1 : 0);
      } else if (node.layer() instanceof Layer.BatchNorm normal) {
        addBias(node, normal.affine() ? 2 : 0);
      }
    }
    for (Node node : network.layersWithWeights()) {
      addWeights(node, 1, parameters);
      addWeights(node, node.output().positions(), macs);
    }
    this.sparse = space.keptGrid().count() == 1 ? List.of() : network.layersWithWeights();
    this.moments =
        largest(
            Liveness.moments(network).stream()
                .map(alive -> elements(alive, groups))
                .toArray(long[][]::new));
  }

  /**
   * The formula of a space.
   *
   * @param batch images that are computed together, at least 1; counts for the activations only
   */
  public static FormulaCosts of(SearchSpace space, int batch) {
    return new FormulaCosts(space, batch);
  }

  @Override
  public Costs costs(Structure structure) {
    space.check(structure);
    int[] widths = space.widths(structure);
    long peak = 0;
    for (long[] moment : moments) {
      peak = Math.max(peak, dot(moment, widths));
    }
    Costs costs = Costs.of(macs.at(widths), parameters.at(widths), peak * batch);
    for (Node layer : sparse) {
      long weights = space.weights(structure, layer);
      long kept = space.keptWeights(structure, layer);
      costs = costs.less(layer.output().positions() * (weights - kept), Costs.saved(weights, kept));
    }
    return costs;
  }

  /** Adds the weights of a convolution or linear layer, each {@code times} times. */
  private void addWeights(Node node, long times, Polynomial sum) {
    Network network = space.network();
    if (!(node.layer() instanceof Layer.Conv conv)) {
      addProducts(node, times, 1, sum);
    } else if (network.isDepthwise(node)) {
      for (Segment written : space.segments(node.index())) {
        sum.add(written.group(), times * conv.kernel() * conv.kernel() * written.repeat());
      }
    } else {
      addProducts(node, times * conv.kernel() * conv.kernel(), conv.groups(), sum);
    }
  }

  private void addProducts(Node node, long values, int convGroups, Polynomial sum) {
    for (Segment written : space.segments(node.index())) {
      for (Segment read : space.segments(node.input())) {
        long all = values * read.repeat() * written.repeat();
        sum.add(new Term(read.group(), written.group(), all, convGroups));
      }
    }
  }

  private void addBias(Node node, long values) {
    for (Segment segment : space.segments(node.index())) {
      parameters.add(segment.group(), values * segment.repeat());
    }
  }

  private long[] elements(List<Node> alive, int groups) {
    long[] elements = new long[groups];
    for (Node node : alive) {
      for (Segment segment : space.segments(node.index())) {
        elements[segment.group()] += (long) node.output().positions() * segment.repeat();
      }
    }
    return elements;
  }

  /** Drops the moments that need no more of any group than another moment does. */
  private static long[][] largest(long[][] moments) {
    List<long[]> kept = new ArrayList<>();
    for (long[] moment : moments) {
      if (kept.stream().noneMatch(other -> covers(other, moment))) {
        kept.removeIf(other -> covers(moment, other));
        kept.add(moment);
      }
    }
    return kept.toArray(long[][]::new);
  }

  private static boolean covers(long[] more, long[] less) {
    for (int group = 0; group < more.length; group++) {
      if (more[group] < less[group]) {
        return false;
      }
    }
    return true;
  }

  /** One product c w_a w_b / d, with d the groups of a grouped convolution; always whole. */
  private record Term(int a, int b, long coefficient, int divisor) {

    boolean isLike(Term other) {
      return a == other.a && b == other.b && divisor == other.divisor;
    }
  }

  /** A sum of products and of terms c_a w_a. Changes only while the formula is built. */
  private static final class Polynomial {
    private final long[] linear;
    private final List<Term> products = new ArrayList<>();

    Polynomial(int groups) {
      this.linear = new long[groups];
    }

    void add(int group, long coefficient) {
      linear[group] += coefficient;
    }

    void add(Term term) {
      for (int i = 0; i < products.size(); i++) {
        Term known = products.get(i);
        if (known.isLike(term)) {
          long sum = known.coefficient + term.coefficient;
          products.set(i, new Term(term.a, term.b, sum, term.divisor));
          return;
        }
      }
      products.add(term);
    }

    long at(int[] widths) {
      long sum = dot(linear, widths);
      for (Term term : products) {
        sum += term.coefficient * widths[term.a] * widths[term.b] / term.divisor;
      }
      return sum;
    }
  }

  private static long dot(long[] coefficients, int[] widths) {
    long sum = 0;
    for (int group = 0; group < widths.length; group++) {
      sum += coefficients[group] * widths[group];
    }
    return sum;
  }
}
