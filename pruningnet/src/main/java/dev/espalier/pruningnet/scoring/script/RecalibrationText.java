package dev.espalier.pruningnet.scoring.script;

import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The method {@code recalibrate(x, w, fold)}: runs a batch normalised by its own statistics up to
 * the last batch norm, and returns mean and variance of each in one vector, in the order of the
 * network.
 *
 * <p>Channels-last, the rows of the (positions x channels) matrix are first folded: {@code fold[k]}
 * rows become one, for the k-th batch norm. The engine's loops over a row are vectorised, but not
 * over the rest of a width that is no multiple of the vector's: unfolded, 11 channels take twenty
 * times as long. Mean and variance of the channels then follow exactly from those of the folded
 * ones, all of which have equally many values: mean = mean(m), variance = mean(v) + variance(m).
 */
final class RecalibrationText extends ProgramText {

  private final List<Node> norms = new ArrayList<>();

  private RecalibrationText(Graph graph, MemoryFormat format, Kernels kernels) {
    super(graph, format, kernels);
  }

  /** Writes the method; nothing for a network without batch norm. */
  static Method of(Graph graph, MemoryFormat format, Kernels kernels) {
    if (graph.network().nodes().stream()
        .noneMatch(node -> node.layer() instanceof Layer.BatchNorm)) {
      return new Method("", List.of());
    }
    RecalibrationText text = new RecalibrationText(graph, format, kernels);
    text.write();
    String head =
        "  def recalibrate(self: __torch__.Program, x: Tensor, w: List[Tensor], fold: List[int])"
            + " -> Tensor:\n";
    return new Method(head + text.body(), text.slots);
  }

  private void write() {
    List<Node> nodes = graph.network().nodes();
    long count = nodes.stream().filter(node -> node.layer() instanceof Layer.BatchNorm).count();
    begin();
    for (Node node : nodes.subList(1, nodes.size())) {
      if (node.layer() instanceof Layer.BatchNorm) {
        norms.add(node);
        int w = slot(node);
        moments(node, w);
        if (norms.size() == count) {
          break;
        }
        normalize(node, w);
      } else if (node.layer() instanceof Layer.Conv) {
        assign(node, "%s", convolution(node, slot(node)));
      } else {
        plain(node);
      }
    }
    String all =
        norms.stream()
            .map(node -> "m%d, u%d".formatted(node.index(), node.index()))
            .collect(Collectors.joining(", "));
    line("return torch.cat([%s], 0)", all);
  }

  private void moments(Node node, int w) {
    int i = node.index();
    int input = node.input();
    switch (format) {
      case CHANNELS_FIRST ->
          line("m%d, u%d = torch.batch_norm_update_stats(v%d, None, None, 0.)", i, i, input);
      case CHANNELS_LAST -> {
        line("c = torch.size(w[%d], 0)", w);
        line("f = fold[%d]", norms.size() - 1);
        line("p = torch.permute(v%d, [0, 2, 3, 1])", input);
        line("r = torch.reshape(p, [-1, torch.mul(f, c)])");
        line("m, u = torch.batch_norm_update_stats(r, None, None, 0.)");
        line("m = torch.reshape(m, [f, c])");
        line("m%d = torch.mean(m, [0])", i);
        line(
            "u%d = torch.add(torch.mean(torch.reshape(u, [f, c]), [0]),"
                + " torch.var(m, [0], correction=0))",
            i);
      }
    }
  }

  private void normalize(Node node, int w) {
    int i = node.index();
    line("s = torch.mul(w[%d], torch.rsqrt(torch.add(u%d, %s)))", w, i, Normalization.EPSILON);
    line("b = torch.sub(w[%d], torch.mul(m%d, s))", w + 1, i);
    String overwrite = graph.mayOverwrite(node.input()) ? "_" : "";
    switch (format) {
      case CHANNELS_FIRST ->
          assign(
              node,
              "torch.add_(torch.mul%s(v%d, torch.reshape(s, [-1, 1, 1])),"
                  + " torch.reshape(b, [-1, 1, 1]))",
              overwrite,
              node.input());
      case CHANNELS_LAST -> {
        line(
            "r = torch.add_(torch.mul%s(r, torch.repeat(s, [f])), torch.repeat(b, [f]))",
            overwrite);
        assign(node, "torch.permute(torch.view_as(r, p), [0, 3, 1, 2])");
      }
    }
  }
}
