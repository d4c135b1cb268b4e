package dev.espalier.pruningnet.meta;

import dev.espalier.pruningnet.execute.ReferenceForward;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.space.ChannelRange;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A PruningNet by plain loops in double precision, straight from the definitions. */
final class ReferencePruningNet {

  private final SearchSpace space;
  private final Map<String, double[]> parameters = new HashMap<>();

  ReferencePruningNet(PruningNet net) {
    this.space = net.space();
    for (Parameter parameter : net.parameters()) {
      float[] values = parameter.array().toFloatArray();
      double[] copy = new double[values.length];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = values[i];
      }
      parameters.put(parameter.name(), copy);
    }
  }

  /** A parameter's values, which may be changed. */
  double[] parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  /** Mean cross-entropy of a structure's network on a batch. */
  double loss(Structure structure, double[][] images, int[] labels) {
    double[][] scores =
        new ReferenceForward(space.apply(structure), weights(structure), Map.of()).run(images);
    double loss = 0;
    for (int i = 0; i < scores.length; i++) {
      double sum = 0;
      for (double score : scores[i]) {
        sum += Math.exp(score);
      }
      loss += (Math.log(sum) - scores[i][labels[i]]) / scores.length;
    }
    return loss;
  }

  /** The weights of the pruned network. */
  Map<Integer, ReferenceForward.Arrays> weights(Structure structure) {
    Map<Integer, ReferenceForward.Arrays> weights = new HashMap<>();
    Network network = space.network();
    for (Node node : network.nodes()) {
      double[] bias = crop(parameters.get(node.name() + ".bias"), kept(structure, node.index()));
      if (node.layer() instanceof Layer.Conv conv) {
        int inPerGroup = network.inputOf(node).channels() / conv.groups();
        double[] kernel = generate(structure, node);
        List<Integer> in = kept(structure, node.input());
        if (conv.groups() > 1) {
          int groups = network.isDepthwise(node) ? in.size() : conv.groups();
          in = in.subList(0, in.size() / groups);
        }
        double[] cropped =
            crop(
                kernel,
                kept(structure, node.index()),
                in,
                inPerGroup,
                conv.kernel() * conv.kernel());
        weights.put(node.index(), new ReferenceForward.Arrays(cropped, bias));
      } else if (node.layer() instanceof Layer.Linear) {
        double[] cropped =
            crop(
                parameter(node.name() + ".weight"),
                kept(structure, node.index()),
                kept(structure, node.input()),
                network.inputOf(node).channels(),
                1);
        weights.put(node.index(), new ReferenceForward.Arrays(cropped, bias));
      }
    }
    return weights;
  }

  private double[] generate(Structure structure, Node node) {
    List<Integer> context = space.context(node.index());
    double[] w1 = parameter(node.name() + ".hidden.weight");
    double[] b1 = parameter(node.name() + ".hidden.bias");
    double[] w2 = parameter(node.name() + ".kernel.weight");
    double[] kernel = parameter(node.name() + ".kernel.bias").clone();
    for (int j = 0; j < b1.length; j++) {
      double hidden = b1[j];
      for (int i = 0; i < context.size(); i++) {
        hidden += w1[j * context.size() + i] * space.ratio(structure, context.get(i));
      }
      for (int row = 0; row < kernel.length; row++) {
        kernel[row] += w2[row * b1.length + j] * Math.max(0, hidden) / Math.sqrt(b1.length);
      }
    }
    return kernel;
  }

  private List<Integer> kept(Structure structure, int node) {
    List<Integer> kept = new ArrayList<>();
    for (ChannelRange range : space.kept(structure, node)) {
      for (int i = 0; i < range.length(); i++) {
        kept.add(range.start() + i);
      }
    }
    return kept;
  }

  private static double[] crop(double @Nullable [] bias, List<Integer> out) {
    return bias == null ? new double[0] : out.stream().mapToDouble(o -> bias[o]).toArray();
  }

  private static double[] crop(
      double[] full, List<Integer> out, List<Integer> in, int columns, int taps) {
    double[] cropped = new double[out.size() * in.size() * taps];
    int next = 0;
    for (int o : out) {
      for (int i : in) {
        for (int tap = 0; tap < taps; tap++) {
          cropped[next++] = full[(o * columns + i) * taps + tap];
        }
      }
    }
    return cropped;
  }
}
