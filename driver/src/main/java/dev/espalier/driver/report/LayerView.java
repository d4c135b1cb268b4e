package dev.espalier.driver.report;

import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import dev.espalier.search.cost.WalkCosts;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer with weights, before and after pruning.
 *
 * @param name of its node
 * @param kind what it computes, e.g. {@code conv 3x3 /2}
 * @param input channels that it reads after pruning
 * @param output channels that it writes after pruning
 * @param fullOutput channels that it writes in the full network
 * @param macs multiply-accumulate operations for one image after pruning
 * @param parameters learned values after pruning
 * @param keptWeights share of its weights that it keeps, in (0, 1]
 */
public record LayerView(
    String name,
    String kind,
    int input,
    int output,
    int fullOutput,
    long macs,
    long parameters,
    double keptWeights) {

  /** The layers with weights of a structure, in the order in which they run. */
  public static List<LayerView> of(SearchSpace space, Structure structure) {
    Network pruned = space.apply(structure);
    List<LayerView> layers = new ArrayList<>();
    for (Node node : pruned.nodes()) {
      String kind = kind(pruned, node);
      if (!kind.isEmpty()) {
        layers.add(
            new LayerView(
                node.name(),
                kind,
                pruned.inputOf(node).channels(),
                node.output().channels(),
                space.network().node(node.index()).output().channels(),
                WalkCosts.macs(pruned, node),
                WalkCosts.parameters(pruned, node),
                space.keptFraction(structure, node)));
      }
    }
    return layers;
  }

  /** Layers as a table. */
  public static String table(List<LayerView> layers) {
    Table table =
        Table.of(
            "layer",
            "kind",
            ">in",
            ">out",
            ">of",
            ">kept",
            ">MACs",
            ">parameters",
            ">weights kept");
    for (LayerView layer : layers) {
      table.row(
          layer.name(),
          layer.kind(),
          layer.input(),
          layer.output(),
          layer.fullOutput(),
          Math.round(100.0 * layer.output() / layer.fullOutput()) + "%",
          Words.count(layer.macs()),
          Words.count(layer.parameters()),
          Math.round(100 * layer.keptWeights()) + "%");
    }
    return table.toString();
  }

  private static String kind(Network network, Node node) {
    if (node.layer() instanceof Layer.Conv conv) {
      String step = conv.stride() == 1 ? "" : " /" + conv.stride();
      String word =
          network.isDepthwise(node) ? "depthwise" : conv.groups() > 1 ? "grouped" : "conv";
      return "%s %dx%d%s".formatted(word, conv.kernel(), conv.kernel(), step);
    }
    return node.layer() instanceof Layer.Linear ? "linear" : "";
  }
}
