package dev.espalier.search.cell;

import static dev.espalier.search.network.Layer.Activation.Function.RELU;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Layer.Conv;
import dev.espalier.search.network.Layer.Pool;
import dev.espalier.search.network.NetworkBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds operations to a network, in the order of DARTS: activation, convolution, batch norm. Each
 * method returns the last node that it has added.
 */
final class OperationLayers {

  /** What the network is for. */
  enum Purpose {
    /**
     * A supernet: batch norm has no scale, with which an operation could take back what its alpha
     * gives, and follows pooling too, so that all operations are of one size.
     */
    SEARCH,
    /** A network whose choices are made. */
    TRAINING
  }

  private final NetworkBuilder net;
  private final Purpose purpose;
  private final Map<Integer, Integer> activated = new HashMap<>();

  OperationLayers(NetworkBuilder net, Purpose purpose) {
    this.net = net;
    this.purpose = purpose;
  }

  /** An operation on an edge. The name has no end of its own. */
  int add(String name, Operation operation, int input, int stride) {
    return switch (operation) {
      case NONE -> throw new IllegalArgumentException(name + ": nothing cannot be built");
      case MAX_POOL_3X3 -> pool(name, Pool.Kind.MAX, input, stride);
      case AVERAGE_POOL_3X3 -> pool(name, Pool.Kind.AVERAGE, input, stride);
      case SKIP -> stride == 1 ? input : halve(name, input, net.shape(input).channels());
      case SEPARABLE_3X3 -> separable(name, input, 3, stride);
      case SEPARABLE_5X5 -> separable(name, input, 5, stride);
      case DILATED_3X3 -> depthwise(name, "", input, 3, 2, stride);
      case DILATED_5X5 -> depthwise(name, "", input, 5, 2, stride);
    };
  }

  /** Another width at the same size. */
  int widen(String name, int input, int channels) {
    return norm(name, net.conv(name + ".conv", activated(input), channels, 1, 1));
  }

  /** Half the size: the mean of each 2x2 window, of which nothing is left out, and a width. */
  int halve(String name, int input, int channels) {
    Pool mean = new Pool(Pool.Kind.AVERAGE, 2, 2, 0);
    int pool = net.add(name + ".pool", mean, List.of(activated(input)));
    return norm(name, net.conv(name + ".conv", pool, channels, 1, 1));
  }

  /** Batch norm as the network's purpose wants it. */
  int norm(String name, int input) {
    return net.add(name + ".bn", new Layer.BatchNorm(purpose == Purpose.TRAINING), List.of(input));
  }

  /** Each node is activated once, whoever reads it: a tenth of a supernet's layers less. */
  private int activated(int input) {
    return activated.computeIfAbsent(
        input, node -> net.activation(net.name(node) + ".relu", node, RELU));
  }

  private int pool(String name, Pool.Kind kind, int input, int stride) {
    int pool = net.add(name + ".pool", new Pool(kind, 3, stride, 1), List.of(input));
    return purpose == Purpose.SEARCH ? norm(name, pool) : pool;
  }

  private int separable(String name, int input, int kernel, int stride) {
    int first = depthwise(name, "1", input, kernel, 1, stride);
    return depthwise(name, "2", first, kernel, 1, 1);
  }

  private int depthwise(String name, String part, int input, int kernel, int dilation, int stride) {
    int channels = net.shape(input).channels();
    Conv filter =
        new Conv(channels, kernel, stride, dilation * (kernel / 2), dilation, channels, false);
    int filtered = net.add(name + ".depthwise" + part, filter, List.of(activated(input)));
    int mixed = net.conv(name + ".pointwise" + part, filtered, channels, 1, 1);
    return net.add(
        name + ".bn" + part, new Layer.BatchNorm(purpose == Purpose.TRAINING), List.of(mixed));
  }
}
