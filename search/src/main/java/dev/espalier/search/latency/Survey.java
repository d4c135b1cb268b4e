package dev.espalier.search.latency;

import static dev.espalier.search.latency.Operation.Layout.BLOCKED;
import static dev.espalier.search.latency.Operation.Layout.DIRECT;
import static dev.espalier.search.latency.Operation.Layout.PLAIN;

import dev.espalier.search.latency.Operation.Kind;
import dev.espalier.search.latency.Operation.Layout;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What to time so that every structure of a space can be predicted: each operation that a structure
 * may lead to, in each layout, at some of the widths between its least and its greatest.
 */
public final class Survey {

  private final Network narrow;
  private final Network wide;
  private final Device device;
  private final Map<Operation, Range> ranges = new LinkedHashMap<>();

  private Survey(Network narrow, Network wide, Device device) {
    this.narrow = narrow;
    this.wide = wide;
    this.device = device;
  }

  /**
   * The kernels to time.
   *
   * @param narrow the narrowest structure of the space
   * @param wide the widest one, the same layers
   * @param device of which only the block counts
   * @param most widths in one direction, at least 2
   * @throws dev.espalier.search.job.BadInputException naming a layer that has no time
   */
  public static List<Kernel> of(Network narrow, Network wide, Device device, int most) {
    Survey survey = new Survey(narrow, wide, device);
    // Refuses what has no time.
    Kernels.of(wide, device);
    // The image comes last: a call by itself is timed best once the program has run for a while.
    wide.nodes().stream().skip(1).forEach(survey::look);
    survey.look(wide.node(0));
    List<Kernel> kernels = new ArrayList<>();
    survey.ranges.forEach((operation, range) -> survey.add(operation, range, most, kernels));
    return List.copyOf(kernels);
  }

  /** Least and greatest widths, read and written. */
  private record Range(int in, int mostIn, int out, int mostOut) {

    Range and(Range other) {
      return new Range(
          Math.min(in, other.in),
          Math.max(mostIn, other.mostIn),
          Math.min(out, other.out),
          Math.max(mostOut, other.mostOut));
    }
  }

  private void look(Node node) {
    Layer layer = node.layer();
    Shape output = node.output();
    if (layer instanceof Layer.Input) {
      put(Operation.of(Kind.CALL, PLAIN, output.height(), output.width()), written(node));
      return;
    }
    Shape read = wide.inputOf(node);
    if (layer instanceof Layer.Conv conv) {
      if (!wide.isDepthwise(node)) {
        put(conv, read, both(node));
      } else {
        put(Operation.of(Kind.DEPTHWISE, PLAIN, read, conv), both(node));
        put(Operation.of(Kind.DEPTHWISE, BLOCKED, read, conv), both(node));
        if (written(node).in() == 1) {
          // With one channel left it is a convolution like any other.
          put(conv, read, new Range(1, 1, 1, 1));
        }
      }
    } else if (layer instanceof Layer.Linear) {
      put(Operation.of(Kind.LINEAR, PLAIN, 1, 1), both(node));
    } else if (layer instanceof Layer.Pool pool) {
      put(Operation.of(PLAIN, read, pool), written(node));
      put(Operation.of(BLOCKED, read, pool), written(node));
    } else {
      kinds(layer).forEach(kind -> put(kind, read, written(node)));
    }
    put(Operation.of(Kind.TO_BLOCKS, BLOCKED, output.height(), output.width()), written(node));
    put(Operation.of(Kind.FROM_BLOCKS, BLOCKED, output.height(), output.width()), written(node));
  }

  private void put(Layer.Conv conv, Shape map, Range range) {
    for (Layout layout : Layout.values()) {
      put(Operation.of(Kind.CONV, layout, map, conv), range);
    }
  }

  private void put(Kind kind, Shape map, Range range) {
    put(Operation.of(kind, PLAIN, map.height(), map.width()), range);
    put(Operation.of(kind, BLOCKED, map.height(), map.width()), range);
  }

  private void put(Operation operation, Range range) {
    ranges.merge(operation, range, Range::and);
  }

  private static List<Kind> kinds(Layer layer) {
    if (layer instanceof Layer.Add) {
      return List.of(Kind.JOIN, Kind.ADD);
    }
    if (layer instanceof Layer.Activation activation) {
      return List.of(Kernels.kind(activation.function()));
    }
    if (layer instanceof Layer.BatchNorm) {
      return List.of(Kind.BATCH_NORM);
    }
    if (layer instanceof Layer.GlobalAveragePool) {
      return List.of(Kind.GLOBAL_POOL);
    }
    if (layer instanceof Layer.Multiply) {
      return List.of(Kind.MULTIPLY);
    }
    return layer instanceof Layer.Concat ? List.of(Kind.CONCAT) : List.of();
  }

  private Range written(Node node) {
    int least = narrow.node(node.index()).output().channels();
    int most = node.output().channels();
    return new Range(least, most, least, most);
  }

  private Range both(Node node) {
    Range in = written(wide.node(node.input()));
    Range out = written(node);
    return new Range(in.in(), in.mostIn(), out.out(), out.mostOut());
  }

  private void add(Operation operation, Range range, int most, List<Kernel> kernels) {
    boolean conv = operation.kind() == Kind.CONV;
    for (int in : read(operation, range, most)) {
      if (operation.kind().isBetweenWidths()) {
        boolean plain = operation.layout() == PLAIN;
        for (int out :
            conv
                ? plain
                    ? odd(range.out(), range.mostOut(), most)
                    : whole(range.out(), range.mostOut(), most)
                : all(range.out(), range.mostOut(), most)) {
          kernels.add(new Kernel(operation, in, out));
        }
      } else {
        kernels.add(new Kernel(operation, in, in));
      }
    }
  }

  private Iterable<Integer> read(Operation operation, Range range, int most) {
    int block = device.block();
    Kind kind = operation.kind();
    if (kind == Kind.CALL || kind == Kind.LINEAR) {
      return all(range.in(), range.mostIn(), most);
    }
    if (operation.layout() == PLAIN) {
      if (kind != Kind.CONV || block == 0) {
        return odd(range.in(), range.mostIn(), most);
      }
      return range.mostIn() > block && (range.in() < range.mostIn() || range.in() % 4 != 0)
          ? odd(Math.max(range.in(), block + 1), range.mostIn(), most)
          : List.of();
    }
    if (block == 0) {
      return List.of();
    }
    if (kind == Kind.FROM_BLOCKS) {
      return odd(range.in(), range.mostIn(), most);
    }
    if (operation.layout() == DIRECT) {
      return range.in() < block
          ? all(range.in(), Math.min(range.mostIn(), block - 1), most)
          : List.of();
    }
    int least = kind == Kind.CONV ? Math.max(range.in(), block) : range.in();
    if (kind == Kind.CONCAT) {
      least = Math.max(least, 2 * block);
    }
    return range.mostIn() < least ? List.of() : whole(least, range.mostIn(), most);
  }

  /** Whole blocks. */
  private Iterable<Integer> whole(int least, int greatest, int most) {
    int block = device.block();
    int first = device.blocks(least) / block;
    return all(first, device.blocks(greatest) / block, most).stream().map(n -> n * block).toList();
  }

  /**
   * Odd numbers, at most the least and at least the greatest: what is odd never lies in blocks by
   * itself, which would add to the time.
   */
  private static Iterable<Integer> odd(int least, int greatest, int most) {
    int first = (least - 1) / 2;
    return all(first, greatest / 2, most).stream().map(n -> 2 * n + 1).toList();
  }

  /** Some of the numbers between two, both among them. */
  private static List<Integer> all(int least, int greatest, int most) {
    TreeSet<Integer> some = new TreeSet<>();
    int steps = Math.min(most - 1, greatest - least);
    for (int i = 0; i <= steps; i++) {
      some.add(steps == 0 ? least : least + (greatest - least) * i / steps);
    }
    return List.copyOf(some);
  }
}
