package dev.espalier.pruningnet.scoring.script;

import ai.djl.ndarray.NDArray;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The method {@code score(x, w)}: class scores of a batch under known statistics. A batch norm
 * behind a convolution has been folded into its weights and bias ({@link Folding}); any other one
 * is a scale and a shift.
 */
final class ScoringText extends ProgramText {

  private final Map<Integer, FusedConv> fused = new TreeMap<>();
  private final Set<Integer> computed = new HashSet<>(Set.of(0));

  private ScoringText(Graph graph, MemoryFormat format, Kernels kernels) {
    super(graph, format, kernels);
  }

  /** The method, and for each convolution, by index, what is fused into it. */
  record Written(Method method, Map<Integer, FusedConv> fused) {

    /** The tensors that the method takes, two for each of its slots. */
    List<NDArray> tensors(Folding folding) {
      List<NDArray> tensors = new ArrayList<>();
      for (Node node : method.slots()) {
        FusedConv conv = fused.get(node.index());
        LayerWeights layer =
            conv != null && conv.norm() != null
                ? folding.fold(node, conv.norm())
                : node.layer() instanceof Layer.BatchNorm
                    ? folding.affine(node)
                    : folding.plain(node);
        tensors.add(layer.weight());
        tensors.add(layer.bias());
      }
      return tensors;
    }
  }

  static Written of(Graph graph, MemoryFormat format, Kernels kernels) {
    ScoringText text = new ScoringText(graph, format, kernels);
    text.write();
    String head = "  def score(self: __torch__.Program, x: Tensor, w: List[Tensor]) -> Tensor:\n";
    return new Written(new Method(head + text.body(), text.slots), Map.copyOf(text.fused));
  }

  private void write() {
    List<Node> nodes = graph.network().nodes();
    begin();
    for (Node node : nodes.subList(1, nodes.size())) {
      if (computed.contains(node.index())) {
        continue;
      }
      if (node.layer() instanceof Layer.Conv) {
        FusedConv conv = FusedConv.of(graph, node, computed::contains);
        fused.put(node.index(), conv);
        convolve(conv, slot(node));
        conv.nodes().forEach(part -> computed.add(part.index()));
      } else if (node.layer() instanceof Layer.BatchNorm) {
        scale(node, slot(node));
      } else {
        plain(node);
      }
      computed.add(node.index());
    }
    line("return torch.reshape(v%d, [n, -1])", nodes.size() - 1);
  }

  private void convolve(FusedConv fused, int w) {
    switch (kernels) {
      case FUSED -> convolveAtOnce(fused, w);
      case SEPARATE -> convolveInSteps(fused, w);
    }
  }

  private void convolveAtOnce(FusedConv fused, int w) {
    Node last = fused.last();
    if (fused.sum() == null) {
      String attributes =
          fused.activation() == null
              ? "\"none\", []"
              : isRelu(fused.activation())
                  ? "\"relu\", []"
                  : "\"hardtanh\", annotate(List[Optional[number]], [0., 6.])";
      assign(last, "%s", fused(fused.conv(), w, "", attributes));
      return;
    }
    String relu = isRelu(fused.activation()) ? "\"relu\"" : "None";
    String attributes = "\"add\", 1., %s, []".formatted(relu);
    assign(last, "%s", fused(fused.conv(), w, "v" + fused.branch(), attributes));
    if (fused.activation() != null && !isRelu(fused.activation())) {
      activate(last, fused.activation());
    }
  }

  private static boolean isRelu(@Nullable Node node) {
    return node != null
        && node.layer() instanceof Layer.Activation activation
        && activation.function() == Layer.Activation.Function.RELU;
  }

  private void activate(Node last, Node activation) {
    Layer.Activation layer = (Layer.Activation) activation.layer();
    assign(last, "%s", activation(layer, "v" + last.index(), true));
  }

  private void convolveInSteps(FusedConv fused, int w) {
    Node last = fused.last();
    assign(last, "%s", convolution(fused.conv(), w));
    if (fused.sum() != null) {
      assign(last, "torch.add_(v%d, v%d)", last.index(), fused.branch());
    }
    if (fused.activation() != null) {
      activate(last, fused.activation());
    }
  }

  private void scale(Node node, int w) {
    switch (format) {
      case CHANNELS_FIRST ->
          assign(
              node,
              "torch.add_(torch.mul(v%d, torch.reshape(w[%d], [-1, 1, 1])),"
                  + " torch.reshape(w[%d], [-1, 1, 1]))",
              node.input(),
              w,
              w + 1);
      case CHANNELS_LAST -> {
        line("p = torch.permute(v%d, [0, 2, 3, 1])", node.input());
        assign(
            node, "torch.permute(torch.add_(torch.mul(p, w[%d]), w[%d]), [0, 3, 1, 2])", w, w + 1);
      }
    }
  }
}
