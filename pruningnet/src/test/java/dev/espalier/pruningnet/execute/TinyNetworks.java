package dev.espalier.pruningnet.execute;

import static dev.espalier.search.network.Layer.Activation.Function.HARD_SIGMOID;
import static dev.espalier.search.network.Layer.Activation.Function.HARD_SWISH;
import static dev.espalier.search.network.Layer.Activation.Function.RELU;
import static dev.espalier.search.network.Layer.Activation.Function.RELU6;
import static dev.espalier.search.network.Layer.Activation.Function.SIGMOID;

import dev.espalier.search.cell.Backbone;
import dev.espalier.search.cell.Genotype;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import java.util.List;

/** One small network for each way in which the zoo's networks tie layers together. */
public final class TinyNetworks {

  /** Side of the images. */
  public static final int SIDE = 8;

  private static final Shape IMAGE = new Shape(3, SIDE, SIDE);

  private TinyNetworks() {}

  /** All of them. */
  public static List<Network> all() {
    return List.of(
        residual(),
        invertedBottleneck(),
        dense(),
        plain(),
        grouped(),
        excited(),
        fixed(),
        padded(),
        cells());
  }

  /** Three cells in which every operation occurs, at stride 1 or 2. */
  public static Network cells() {
    return Genotype.parse(
            "normal: sep_conv_3x3(0) skip_connect(1), dil_conv_5x5(0) max_pool_3x3(2);"
                + "reduction: skip_connect(0) avg_pool_3x3(1), sep_conv_5x5(1) dil_conv_3x3(2)")
        .network(new Backbone(3, 3, IMAGE, 4));
  }

  /** Two residual blocks, the second with a strided shortcut. */
  public static Network residual() {
    NetworkBuilder net = new NetworkBuilder("residual", IMAGE);
    int trunk = unit(net, "stem", 0, 4, 3, 1);
    int first = normal(net, "b1.conv2", unit(net, "b1.conv1", trunk, 5, 3, 1), 4, 3, 1);
    trunk = net.activation("b1.relu", net.sum("b1.add", first, trunk), RELU);
    int second = normal(net, "b2.conv2", unit(net, "b2.conv1", trunk, 6, 3, 2), 6, 3, 1);
    int shortcut = normal(net, "b2.shortcut", trunk, 6, 1, 2);
    trunk = net.activation("b2.relu", net.sum("b2.add", second, shortcut), RELU);
    return head(net, trunk);
  }

  /** Expand, depthwise, project, add: a block of MobileNetV2. */
  public static Network invertedBottleneck() {
    NetworkBuilder net = new NetworkBuilder("inverted", IMAGE);
    int trunk = unit(net, "stem", 0, 4, 3, 2);
    int expand = net.activation("relu6a", normal(net, "expand", trunk, 8, 1, 1), RELU6);
    int depthwise = net.batchNorm("dw.bn", net.depthwise("dw", expand, 3, 1));
    int project = normal(net, "project", net.activation("relu6b", depthwise, RELU6), 4, 1, 1);
    return head(net, net.sum("add", project, trunk));
  }

  /** Concatenations, read by a convolution and by a depthwise one, and average pooling. */
  public static Network dense() {
    NetworkBuilder net = new NetworkBuilder("dense", IMAGE);
    int stem = net.conv("stem", 0, 4, 3, 1);
    int grown = net.conv("grow1", net.activation("r1", net.batchNorm("n1", stem), RELU), 3, 3, 1);
    int all = net.concat("cat1", stem, grown);
    int more = net.conv("grow2", net.activation("r2", net.batchNorm("n2", all), RELU), 3, 3, 1);
    int wide = net.concat("cat2", all, more);
    int pooled = net.add("pool", new Layer.Pool(Layer.Pool.Kind.AVERAGE, 2, 2, 0), List.of(wide));
    return head(
        net, net.activation("r3", net.batchNorm("n3", net.depthwise("dw", pooled, 3, 1)), RELU));
  }

  /** Convolutions, max pooling, flatten and two linear layers, as VGG. */
  public static Network plain() {
    NetworkBuilder net = new NetworkBuilder("plain", IMAGE);
    int conv = unit(net, "conv1", 0, 4, 3, 2);
    int pool = net.add("pool", new Layer.Pool(Layer.Pool.Kind.MAX, 3, 2, 1), List.of(conv));
    int biased = net.add("conv2", new Layer.Conv(5, 3, 1, 1, 1, 1, true), List.of(pool));
    int flat = net.add("flat", new Layer.Flatten(), List.of(net.activation("r", biased, RELU)));
    int hidden = net.activation("fc1.relu", net.linear("fc1", flat, 7), RELU);
    net.linear("fc2", hidden, 4);
    return net.build();
  }

  /** A grouped and a dilated convolution. */
  public static Network grouped() {
    NetworkBuilder net = new NetworkBuilder("grouped", IMAGE);
    int stem = unit(net, "stem", 0, 8, 3, 2);
    int grouped = net.add("grouped", new Layer.Conv(8, 3, 1, 1, 1, 2, false), List.of(stem));
    int normal = net.activation("g.relu", net.batchNorm("g.bn", grouped), RELU);
    int dilated = net.add("dilated", new Layer.Conv(4, 3, 1, 2, 2, 1, false), List.of(normal));
    return head(net, net.activation("d.relu", net.batchNorm("d.bn", dilated), RELU));
  }

  /** Factors for each channel, as in squeeze-and-excitation, and a gate for each value. */
  public static Network excited() {
    NetworkBuilder net = new NetworkBuilder("excited", IMAGE);
    int trunk = net.activation("stem.swish", normal(net, "stem", 0, 6, 3, 2), HARD_SWISH);
    int squeezed = net.globalAveragePool("squeeze", trunk);
    Layer.Conv narrow = new Layer.Conv(3, 1, 1, 0, 1, 1, true);
    int reduced = net.activation("relu", net.add("reduce", narrow, List.of(squeezed)), RELU);
    Layer.Conv wide = new Layer.Conv(6, 1, 1, 0, 1, 1, true);
    int factors = net.activation("gate", net.add("expand", wide, List.of(reduced)), HARD_SIGMOID);
    int scaled = net.add("scale", new Layer.Multiply(), List.of(trunk, factors));
    int first = normal(net, "a", scaled, 5, 3, 1);
    int gate = net.activation("b.gate", normal(net, "b", scaled, 5, 1, 1), SIGMOID);
    return head(net, net.add("gated", new Layer.Multiply(), List.of(first, gate)));
  }

  /** Halves of the channels of which one is filtered, then shuffled, as in ShuffleNet V2. */
  public static Network fixed() {
    NetworkBuilder net = new NetworkBuilder("fixed", IMAGE);
    int stem = unit(net, "stem", 0, 8, 3, 2);
    int even = net.add("local", new Layer.LocalResponse(3, 0.5, 0.75, 2), List.of(stem));
    int kept = net.add("kept", new Layer.Slice(0, 4), List.of(even));
    int given = net.add("given", new Layer.Slice(4, 8), List.of(even));
    int branch = unit(net, "b", unit(net, "a", given, 6, 1, 1), 4, 3, 1);
    int all = net.concat("all", kept, branch);
    int mixed = net.add("mixed", new Layer.Shuffle(2), List.of(all));
    int same = net.add("same", new Layer.Shuffle(8), List.of(mixed));
    int both = net.sum("both", net.activation("same.gate", same, SIGMOID), mixed);
    return head(net, net.add("wide", new Layer.LocalResponse(5, 1e-2, 0.5, 1), List.of(both)));
  }

  /** Windows that do not reach equally far on all sides. */
  public static Network padded() {
    NetworkBuilder net = new NetworkBuilder("padded", IMAGE);
    int around = net.add("pad1", new Layer.Pad(0, 1, 0, 1, 0), List.of(0));
    int conv = net.add("conv1", new Layer.Conv(5, 3, 2, 0, 1, 1, false), List.of(around));
    int trunk = net.batchNorm("bn1", conv);
    int low = net.add("pad2", new Layer.Pad(1, 0, 0, 1, Double.NEGATIVE_INFINITY), List.of(trunk));
    int pooled = net.add("pool", new Layer.Pool(Layer.Pool.Kind.MAX, 2, 1, 0), List.of(low));
    return head(net, normal(net, "conv2", pooled, 4, 3, 1));
  }

  /** Two mixtures of one choice, with an option of nothing, and a mixture of one input. */
  public static Network mixed() {
    NetworkBuilder net = new NetworkBuilder("mixed", IMAGE);
    int trunk = unit(net, "stem", 0, 4, 3, 2);
    Layer.Mixture edge = new Layer.Mixture("edge", List.of("skip", "none", "conv", "pool"));
    for (String name : List.of("a", "b")) {
      int conv = unit(net, name, trunk, 4, 3, 1);
      Layer pool = new Layer.Pool(Layer.Pool.Kind.MAX, 3, 1, 1);
      int pooled = net.add(name + ".pool", pool, List.of(trunk));
      trunk = net.add(name + ".mixed", edge, List.of(trunk, conv, pooled));
    }
    Layer.Mixture gate = new Layer.Mixture("gate", List.of("none", "conv"));
    return head(net, net.add("gate", gate, List.of(unit(net, "c", trunk, 4, 1, 1))));
  }

  private static Network head(NetworkBuilder net, int trunk) {
    int pool = net.add("gap", new Layer.GlobalAveragePool(), List.of(trunk));
    net.linear("fc", net.add("flatten", new Layer.Flatten(), List.of(pool)), 4);
    return net.build();
  }

  private static int unit(NetworkBuilder net, String name, int in, int out, int k, int stride) {
    return net.activation(name + ".relu", normal(net, name, in, out, k, stride), RELU);
  }

  private static int normal(NetworkBuilder net, String name, int in, int out, int k, int stride) {
    return net.batchNorm(name + ".bn", net.conv(name, in, out, k, stride));
  }
}
