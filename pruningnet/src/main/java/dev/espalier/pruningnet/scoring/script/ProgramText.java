package dev.espalier.pruningnet.scoring.script;

import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes one method of a program, statement by statement in the order of the network. Node i's
 * output is the variable {@code v<i>}, always batch x channels x height x width. Nothing in the
 * text depends on a width, so that it serves every structure. Not thread-safe; used once.
 */
abstract class ProgramText {

  final Graph graph;
  final MemoryFormat format;
  final Kernels kernels;

  /** Nodes with tensors of their own; the k-th one's are {@code w[2k]} and {@code w[2k+1]}. */
  final List<Node> slots = new ArrayList<>();

  private final StringBuilder text = new StringBuilder();

  ProgramText(Graph graph, MemoryFormat format, Kernels kernels) {
    this.graph = graph;
    this.format = format;
    this.kernels = kernels;
  }

  /** Appends a statement. */
  final void line(String statement, Object... values) {
    text.append("    ").append(statement.formatted(values)).append('\n');
  }

  /** The method's statements so far. */
  final String body() {
    return text.toString();
  }

  /** Gives a node two tensors and returns the number of the first one. */
  final int slot(Node node) {
    slots.add(node);
    return 2 * slots.size() - 2;
  }

  /** Starts a method: number of images, and their memory in the order that layers shall keep. */
  final void begin() {
    line("n = torch.size(x, 0)");
    String code = format == MemoryFormat.CHANNELS_LAST ? "2" : "0";
    line("v0 = torch.contiguous(x, memory_format=%s)", code);
  }

  /** Writes a layer that is neither fused into another one nor a convolution or batch norm. */
  final void plain(Node node) {
    Layer layer = node.layer();
    String input = "v" + node.input();
    if (layer instanceof Layer.Linear) {
      int w = slot(node);
      String rows = "torch.reshape(%s, [n, -1])".formatted(input);
      assign(node, "torch.reshape(torch.linear(%s, w[%d], w[%d]), [n, -1, 1, 1])", rows, w, w + 1);
    } else if (layer instanceof Layer.Activation activation) {
      assign(node, "%s", activation(activation, input, graph.mayOverwrite(node.input())));
    } else if (layer instanceof Layer.Pool pool) {
      assign(node, "%s", pool(pool, input));
    } else if (layer instanceof Layer.Pad pad) {
      assign(node, "%s", pad(pad, input));
    } else if (layer instanceof Layer.Slice slice) {
      assign(node, "torch.clone(torch.slice(%s, 1, %d, %d, 1))", input, slice.from(), slice.to());
    } else if (layer instanceof Layer.Shuffle shuffle) {
      shuffle(node, shuffle.groups());
    } else if (layer instanceof Layer.LocalResponse response) {
      localResponse(node, response);
    } else if (layer instanceof Layer.GlobalAveragePool) {
      assign(node, "torch.mean(%s, [2, 3], True)", input);
    } else if (layer instanceof Layer.Add) {
      sum(node);
    } else if (layer instanceof Layer.Multiply) {
      assign(node, "torch.mul(%s, v%d)", input, node.inputs().get(1));
    } else if (layer instanceof Layer.Concat) {
      String all = node.inputs().stream().map(i -> "v" + i).collect(Collectors.joining(", "));
      assign(node, "torch.cat([%s], 1)", all);
    } else if (layer instanceof Layer.Flatten) {
      assign(node, "torch.reshape(%s, [n, -1, 1, 1])", input);
    } else if (layer instanceof Layer.Mixture mixture) {
      throw new IllegalArgumentException(
          "node '%s': choice %s is still open, expected a network without choices. Maybe decide them first."
              .formatted(node.name(), mixture.choice()));
    } else {
      throw new IllegalArgumentException(
          "node '%s': %s cannot be written as a program".formatted(node.name(), layer));
    }
  }

  final void assign(Node node, String expression, Object... values) {
    line("v%d = %s".formatted(node.index(), expression), values);
  }

  /** A convolution without anything fused to it. */
  final String convolution(Node node, int slot) {
    return switch (kernels) {
      case FUSED -> fused(node, slot, "", "\"none\", []");
      case SEPARATE ->
          "torch.conv2d(v%d, w[%d], w[%d], %s)"
              .formatted(
                  node.input(), slot, slot + 1, window(node, slot, "%2$s, %1$s, %3$s, %4$s"));
    };
  }

  /**
   * A convolution by oneDNN.
   *
   * @param branch the variable to add to, which then holds the result; nothing for a new one
   * @param attributes what is applied to the result
   */
  final String fused(Node node, int slot, String branch, String attributes) {
    return "ops.mkldnn._convolution_pointwise%sv%d, w[%d], w[%d], %s, %s, \"\")"
        .formatted(
            branch.isEmpty() ? "(" : "_(" + branch + ", ",
            node.input(),
            slot,
            slot + 1,
            window(node, slot, "%1$s, %2$s, %3$s, %4$s"),
            attributes);
  }

  /** Padding, stride, dilation and groups, in this order unless the pattern says otherwise. */
  private String window(Node node, int slot, String pattern) {
    Layer.Conv conv = (Layer.Conv) node.layer();
    return pattern.formatted(
        pair(conv.padding()), pair(conv.stride()), pair(conv.dilation()), groups(node, slot));
  }

  /** The number of groups; a depthwise convolution has as many as its weights have rows. */
  private String groups(Node node, int slot) {
    return graph.network().isDepthwise(node)
        ? "torch.size(w[%d], 0)".formatted(slot)
        : Integer.toString(((Layer.Conv) node.layer()).groups());
  }

  static String activation(Layer.Activation activation, String input, boolean overwrite) {
    String inPlace = overwrite ? "_" : "";
    return switch (activation.function()) {
      case RELU -> "torch.relu%s(%s)".formatted(inPlace, input);
      case RELU6 -> "torch.clamp%s(%s, 0., 6.)".formatted(inPlace, input);
      case SIGMOID -> "torch.sigmoid%s(%s)".formatted(inPlace, input);
      case HARD_SIGMOID -> "torch.hardsigmoid%s(%s)".formatted(inPlace, input);
      case HARD_SWISH -> "torch.hardswish%s(%s)".formatted(inPlace, input);
    };
  }

  private static String pair(int side) {
    return "[%d, %d]".formatted(side, side);
  }

  private static String pool(Layer.Pool pool, String input) {
    String window =
        "%s, %s, %s".formatted(pair(pool.kernel()), pair(pool.stride()), pair(pool.padding()));
    return switch (pool.kind()) {
      case MAX -> "torch.max_pool2d(%s, %s, [1, 1], False)".formatted(input, window);
      case AVERAGE -> "torch.avg_pool2d(%s, %s, False, True, None)".formatted(input, window);
    };
  }

  private static String pad(Layer.Pad pad, String input) {
    return "torch.constant_pad_nd(%s, [%d, %d, %d, %d], %s)"
        .formatted(
            input,
            pad.left(),
            pad.right(),
            pad.top(),
            pad.bottom(),
            pad.value() == Double.NEGATIVE_INFINITY ? "float('-inf')" : pad.value());
  }

  private void shuffle(Node node, int groups) {
    Shape made = node.output();
    String parted =
        "torch.reshape(v%d, [n, %d, %d, %d, %d])"
            .formatted(node.input(), groups, made.channels() / groups, made.height(), made.width());
    assign(
        node,
        "torch.reshape(torch.transpose(%s, 1, 2), [n, %d, %d, %d])",
        parted,
        made.channels(),
        made.height(),
        made.width());
  }

  private void localResponse(Node node, Layer.LocalResponse response) {
    String squares = "torch.unsqueeze(torch.mul(v%1$d, v%1$d), 1)".formatted(node.input());
    String around =
        "torch.constant_pad_nd(%1$s, [0, 0, 0, 0, %2$d, %2$d], 0.)"
            .formatted(squares, response.size() / 2);
    String means =
        "torch.squeeze(torch.avg_pool3d(%s, [%d, 1, 1], [1, 1, 1]), 1)"
            .formatted(around, response.size());
    assign(
        node,
        "torch.div(v%d, torch.pow(torch.add(torch.mul(%s, %s), %s), %s))",
        node.input(),
        means,
        response.alpha(),
        response.bias(),
        response.beta());
  }

  private void sum(Node node) {
    int first = node.input();
    assign(
        node,
        "torch.add%s(v%d, v%d)",
        graph.mayOverwrite(first) ? "_" : "",
        first,
        node.inputs().get(1));
    for (int more : node.inputs().subList(2, node.inputs().size())) {
      assign(node, "torch.add_(v%d, v%d)", node.index(), more);
    }
  }
}
