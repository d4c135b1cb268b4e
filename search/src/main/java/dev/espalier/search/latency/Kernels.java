package dev.espalier.search.latency;

import static dev.espalier.search.latency.Operation.Layout.BLOCKED;
import static dev.espalier.search.latency.Operation.Layout.DIRECT;
import static dev.espalier.search.latency.Operation.Layout.PLAIN;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.latency.Operation.Kind;
import dev.espalier.search.latency.Operation.Layout;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What ONNX Runtime does for a network on the CPU, after it has put operations together and chosen
 * how maps lie in memory.
 *
 * <p>With blocks of B channels, a convolution of less than B channels reads plain maps and writes
 * blocks, one of a multiple of 4 channels reads and writes blocks, and every other one is plain;
 * what follows stays in blocks as long as it can. Where a plain reader follows, blocks are undone,
 * once for all its readers, and the other way round. B is 16 with AVX-512, 8 with AVX, and 0 where
 * there are no blocks.
 */
public final class Kernels {

  private static final int ALIGNMENT = 4;

  private final Network network;
  private final Device device;
  private final List<Kernel> kernels = new ArrayList<>();

  /** For each node the one whose value it gives: its own index, or that of what it is part of. */
  private final int[] value;

  private final int[] readers;
  private final boolean[] blocked;
  private final boolean[] turned;

  /** Convolutions that can still take in what follows. */
  private final boolean[] open;

  /** Convolutions that have taken in a sum, and may take in the ReLU behind it. */
  private final boolean[] joined;

  private Kernels(Network network, Device device) {
    this.network = network;
    this.device = device;
    int nodes = network.nodes().size();
    this.value = new int[nodes];
    this.readers = new int[nodes];
    this.blocked = new boolean[nodes];
    this.turned = new boolean[nodes];
    this.open = new boolean[nodes];
    this.joined = new boolean[nodes];
    network.nodes().forEach(node -> node.inputs().forEach(input -> readers[input]++));
  }

  /**
   * The operations of a network on a device.
   *
   * @throws BadInputException naming a layer that has no time
   */
  public static List<Kernel> of(Network network, Device device) {
    Kernels all = new Kernels(network, device);
    network.nodes().forEach(all::add);
    return List.copyOf(all.kernels);
  }

  private void add(Node node) {
    int index = node.index();
    Layer layer = node.layer();
    value[index] = index;
    if (layer instanceof Layer.Input) {
      Shape image = node.output();
      kernel(Operation.of(Kind.CALL, PLAIN, image.height(), image.width()), node, node);
    } else if (layer instanceof Layer.Conv conv) {
      conv(node, conv);
    } else if (layer instanceof Layer.BatchNorm) {
      normalize(node);
    } else if (layer instanceof Layer.Activation activation) {
      activate(node, activation.function());
    } else if (layer instanceof Layer.Add) {
      sum(node);
    } else if (layer instanceof Layer.Pool pool) {
      Layout layout = layout(node.input());
      kernel(Operation.of(layout, network.inputOf(node), pool), network.node(node.input()), node);
      blocked[index] = layout == BLOCKED;
    } else if (layer instanceof Layer.GlobalAveragePool) {
      same(Kind.GLOBAL_POOL, layout(node.input()), node);
    } else if (layer instanceof Layer.Multiply || layer instanceof Layer.Concat) {
      combine(node);
    } else if (layer instanceof Layer.Flatten) {
      plain(node.input());
      value[index] = value[node.input()];
    } else if (layer instanceof Layer.Linear) {
      plain(node.input());
      same(Kind.LINEAR, PLAIN, node);
    } else {
      throw new BadInputException(
          "layer '%s': %s cannot be timed, expected a kind of layer that latency tables have"
              .formatted(node.name(), layer));
    }
  }

  private void conv(Node node, Layer.Conv conv) {
    Node read = network.node(node.input());
    boolean depthwise = network.isDepthwise(node);
    if (conv.groups() > 1 && !depthwise) {
      throw new BadInputException(
          "layer '%s': a convolution of %d groups over %d channels has no time, expected one group, or one for each channel"
              .formatted(node.name(), conv.groups(), read.output().channels()));
    }
    Layout layout = depthwise ? depthwise(node) : dense(read.output().channels());
    if (layout == BLOCKED) {
      blocks(node.input());
    } else {
      plain(node.input());
    }
    kernel(
        Operation.of(depthwise ? Kind.DEPTHWISE : Kind.CONV, layout, read.output(), conv),
        read,
        node);
    blocked[node.index()] = layout != PLAIN;
    open[node.index()] = true;
  }

  private Layout dense(int channels) {
    if (device.block() == 0) {
      return PLAIN;
    }
    if (channels < device.block()) {
      return DIRECT;
    }
    return channels % ALIGNMENT == 0 ? BLOCKED : PLAIN;
  }

  private Layout depthwise(Node node) {
    return device.block() > 0 && node.output().channels() % ALIGNMENT == 0 ? BLOCKED : PLAIN;
  }

  private void normalize(Node node) {
    int read = value[node.input()];
    if (network.node(read).layer() instanceof Layer.Conv && takesIn(node)) {
      value[node.index()] = read;
    } else {
      same(Kind.BATCH_NORM, layout(node.input()), node);
      // In blocks it is a convolution of one position.
      open[node.index()] = blocked[node.index()];
    }
  }

  private void activate(Node node, Layer.Activation.Function function) {
    int read = value[node.input()];
    boolean two = function == Layer.Activation.Function.HARD_SWISH;
    if (!two && takesIn(node)) {
      value[node.index()] = read;
      open[read] = false;
      joined[read] = false;
      return;
    }
    Kind kind = kind(function);
    if (kind != Kind.RELU) {
      plain(node.input());
    }
    same(kind, kind == Kind.RELU ? layout(node.input()) : PLAIN, node);
  }

  static Kind kind(Layer.Activation.Function function) {
    return switch (function) {
      case RELU, RELU6 -> Kind.RELU;
      case SIGMOID -> Kind.SIGMOID;
      case HARD_SIGMOID -> Kind.HARD_SIGMOID;
      case HARD_SWISH -> Kind.HARD_SWISH;
    };
  }

  /** Whether a convolution can take in the one layer that reads it. */
  private boolean takesIn(Node node) {
    int read = value[node.input()];
    return readers[node.input()] == 1 && (open[read] || joined[read]);
  }

  private void sum(Node node) {
    boolean all = node.inputs().stream().allMatch(input -> blocked[value[input]]);
    for (int input : node.inputs()) {
      int read = value[input];
      boolean fits = all || !blocked[read];
      if (fits && node.inputs().size() == 2 && readers[input] == 1 && open[read]) {
        if (!all) {
          node.inputs().forEach(this::plain);
        }
        same(Kind.JOIN, all ? BLOCKED : PLAIN, node);
        value[node.index()] = read;
        open[read] = false;
        joined[read] = true;
        return;
      }
    }
    if (!all) {
      node.inputs().forEach(this::plain);
    }
    for (int more = 1; more < node.inputs().size(); more++) {
      same(Kind.ADD, all ? BLOCKED : PLAIN, node);
    }
  }

  private void combine(Node node) {
    boolean concat = node.layer() instanceof Layer.Concat;
    boolean all =
        node.inputs().stream()
            .allMatch(
                input -> {
                  Shape read = network.node(input).output();
                  return blocked[value[input]]
                      && (concat
                          ? read.channels() % device.block() == 0
                          : read.equals(node.output()));
                });
    if (!all) {
      node.inputs().forEach(this::plain);
    }
    same(concat ? Kind.CONCAT : Kind.MULTIPLY, all ? BLOCKED : PLAIN, node);
  }

  private Layout layout(int input) {
    return blocked[value[input]] ? BLOCKED : PLAIN;
  }

  private void plain(int input) {
    if (blocked[value[input]]) {
      turn(Kind.FROM_BLOCKS, input);
    }
  }

  private void blocks(int input) {
    if (!blocked[value[input]]) {
      turn(Kind.TO_BLOCKS, input);
    }
  }

  private void turn(Kind kind, int input) {
    Node node = network.node(value[input]);
    if (!turned[node.index()]) {
      turned[node.index()] = true;
      Shape map = node.output();
      kernel(Operation.of(kind, BLOCKED, map.height(), map.width()), node, node);
    }
  }

  /** One that is described by the first map that it reads and the channels that it writes. */
  private void same(Kind kind, Layout layout, Node node) {
    Shape read = network.inputOf(node);
    Node in = kind.isBetweenWidths() ? network.node(node.input()) : node;
    kernel(Operation.of(kind, layout, read.height(), read.width()), in, node);
    blocked[node.index()] = layout == BLOCKED;
  }

  private void kernel(Operation operation, Node in, Node out) {
    // Undoing blocks writes no more channels than there are.
    boolean blocks = operation.kind() != Kind.FROM_BLOCKS;
    boolean reads = blocks && operation.layout() == BLOCKED;
    boolean writes = blocks && operation.layout() != PLAIN;
    int read = in.output().channels();
    int written = out.output().channels();
    kernels.add(
        new Kernel(
            operation,
            reads ? device.blocks(read) : read,
            writes ? device.blocks(written) : written));
  }
}
