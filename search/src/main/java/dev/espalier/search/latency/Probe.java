package dev.espalier.search.latency;

import dev.espalier.search.latency.Operation.Kind;
import dev.espalier.search.latency.Operation.Layout;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two small networks that differ in one kernel only, a few times: the difference of their times, by
 * that number, is the kernel's. Before it stands a convolution of one position, which gives it maps
 * in the layout that it reads; behind it one that reads a single position.
 *
 * @param with the kernel, {@link #TIMES} times
 * @param without it, or null where the first network is nothing else
 */
public record Probe(Network with, @Nullable Network without) {

  /** How often a network has its kernel. */
  public static final int TIMES = 4;

  private static final int FEW = 3;
  private static final int TAIL = 16;
  private static final Layer RELU = new Layer.Activation(Layer.Activation.Function.RELU);

  /** The probe of a kernel on a device. */
  public static Probe of(Kernel kernel, Device device) {
    if (kernel.operation().kind() == Kind.CALL) {
      Frame call = new Frame(kernel, device, kernel.in());
      call.tails.add(call.tail(0));
      return new Probe(call.build(), null);
    }
    // One channel more than a block is never put into blocks.
    boolean blocked =
        kernel.operation().layout() == Layout.BLOCKED
            && kernel.operation().kind() != Kind.TO_BLOCKS;
    int channels = blocked || device.block() == 0 ? FEW : device.block() + 1;
    Frame with = new Frame(kernel, device, channels);
    Frame without = new Frame(kernel, device, channels);
    for (int i = 0; i < TIMES; i++) {
      with.addWith();
      without.addWithout();
    }
    return new Probe(with.build(), without.build());
  }

  /** One of the networks while it is built. */
  private static final class Frame {
    private final Kernel kernel;
    private final Operation operation;
    private final Device device;
    private final NetworkBuilder net;
    private final List<Integer> tails = new ArrayList<>();
    private int names;

    Frame(Kernel kernel, Device device, int channels) {
      this.kernel = kernel;
      this.operation = kernel.operation();
      this.device = device;
      this.net =
          new NetworkBuilder("probe", new Shape(channels, operation.height(), operation.width()));
    }

    void addWith() {
      switch (operation.kind()) {
        case CONV -> tails.add(tail(add(conv(kernel.out(), 1), before(kernel.in(), false))));
        case DEPTHWISE ->
            tails.add(tail(add(conv(kernel.out(), kernel.out()), before(kernel.in(), false))));
        case JOIN -> addPair(kernel.in(), kernel.in(), false, new Layer.Add());
        case ADD -> addPair(kernel.in(), kernel.in(), true, new Layer.Add());
        case MULTIPLY -> addPair(kernel.in(), kernel.in(), true, new Layer.Multiply());
        case CONCAT -> addPair(half(), kernel.in() - half(), true, new Layer.Concat());
        case LINEAR -> {
          int flat = add(new Layer.Flatten(), before(kernel.in(), false));
          tails.add(add(new Layer.Linear(kernel.out(), true), flat));
        }
        case TO_BLOCKS, FROM_BLOCKS -> tails.add(tail(before(kernel.in(), false)));
        default -> tails.add(tail(add(alone(), before(kernel.in(), isBehindRelu()))));
      }
    }

    void addWithout() {
      switch (operation.kind()) {
        case JOIN -> addApart(kernel.in(), kernel.in(), false);
        case ADD, MULTIPLY -> addApart(kernel.in(), kernel.in(), true);
        case CONCAT -> addApart(half(), kernel.in() - half(), true);
        case TO_BLOCKS -> tails.add(tail(before(kernel.in() + 1, false)));
        case FROM_BLOCKS -> tails.add(tail(before(device.blocks(kernel.in()), false)));
        default -> tails.add(tail(before(kernel.in(), isBehindRelu())));
      }
    }

    /** Two inputs and what joins them; the second is read by its own tail too. */
    private void addPair(int first, int second, boolean relu, Layer layer) {
      int a = before(first, relu);
      int b = before(second, relu);
      tails.add(tail(add(layer, a, b)));
      tails.add(tail(b));
    }

    private void addApart(int first, int second, boolean relu) {
      tails.add(tail(before(first, relu)));
      tails.add(tail(before(second, relu)));
    }

    private int half() {
      int half = kernel.in() / 2;
      return operation.layout() == Layout.BLOCKED
          ? half / device.block() * device.block()
          : half / 2 * 2 + 1 < kernel.in() ? half / 2 * 2 + 1 : 1;
    }

    /** Whether the kernel must not become part of the convolution before it. */
    private boolean isBehindRelu() {
      return switch (operation.kind()) {
        case RELU, SIGMOID, HARD_SIGMOID, HARD_SWISH, BATCH_NORM -> true;
        default -> false;
      };
    }

    private Layer alone() {
      return switch (operation.kind()) {
        case RELU -> RELU;
        case SIGMOID -> new Layer.Activation(Layer.Activation.Function.SIGMOID);
        case HARD_SIGMOID -> new Layer.Activation(Layer.Activation.Function.HARD_SIGMOID);
        case HARD_SWISH -> new Layer.Activation(Layer.Activation.Function.HARD_SWISH);
        case BATCH_NORM -> new Layer.BatchNorm(true);
        case MAX_POOL -> pool(Layer.Pool.Kind.MAX);
        case AVERAGE_POOL -> pool(Layer.Pool.Kind.AVERAGE);
        case GLOBAL_POOL -> new Layer.GlobalAveragePool();
        default -> throw new IllegalStateException("not alone: " + operation);
      };
    }

    private Layer pool(Layer.Pool.Kind kind) {
      return new Layer.Pool(kind, operation.kernel(), operation.stride(), operation.padding());
    }

    private Layer conv(int out, int groups) {
      return new Layer.Conv(
          out,
          operation.kernel(),
          operation.stride(),
          operation.padding(),
          operation.dilation(),
          groups,
          true);
    }

    private int before(int channels, boolean relu) {
      int conv = add(new Layer.Conv(channels, 1, 1, 0, 1, 1, true), 0);
      return relu ? add(RELU, conv) : conv;
    }

    private int tail(int input) {
      Shape map = net.shape(input);
      int stride = Math.max(map.height(), map.width());
      return add(new Layer.Conv(TAIL, 1, stride, 0, 1, 1, true), input);
    }

    private int add(Layer layer, Integer... inputs) {
      return net.add("n" + names++, layer, List.of(inputs));
    }

    Network build() {
      if (tails.size() > 1) {
        net.add("sum", new Layer.Add(), tails);
      }
      return net.build();
    }
  }
}
