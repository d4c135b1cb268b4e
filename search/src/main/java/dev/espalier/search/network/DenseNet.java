package dev.espalier.search.network;

import static dev.espalier.search.network.Layer.Activation.Function.RELU;

import dev.espalier.search.network.Layer.Pool;
import java.util.List;

/**
 * DenseNet-40 of growth 12, from "Densely Connected Convolutional Networks" (2017): three blocks of
 * twelve layers, each of which reads what all before it in the block wrote; no bottlenecks and no
 * compression between the blocks.
 */
final class DenseNet {

  private static final int BLOCKS = 3;
  private static final int LAYERS = 12;
  private static final int GROWTH = 12;
  private static final int STEM = 16;

  private DenseNet() {}

  static Network forty(String name, Shape image, int classes) {
    NetworkBuilder net = new NetworkBuilder(name, image);
    int node = net.conv("stem.conv", 0, STEM, 3, 1);
    for (int b = 1; b <= BLOCKS; b++) {
      for (int i = 0; i < LAYERS; i++) {
        String layer = "block%d.layer%d".formatted(b, i);
        int grown = net.conv(layer + ".conv", normal(net, layer, node), GROWTH, 3, 1);
        node = net.concat(layer + ".concat", node, grown);
      }
      if (b < BLOCKS) {
        String transition = "transition" + b;
        int width = net.shape(node).channels();
        int mixed = net.conv(transition + ".conv", normal(net, transition, node), width, 1, 1);
        node = net.add(transition + ".pool", new Pool(Pool.Kind.AVERAGE, 2, 2, 0), List.of(mixed));
      }
    }
    net.linear(
        "head.linear", net.globalAveragePool("head.pool", normal(net, "head", node)), classes);
    return net.build();
  }

  private static int normal(NetworkBuilder net, String name, int node) {
    return net.activation(name + ".relu", net.batchNorm(name + ".bn", node), RELU);
  }
}
