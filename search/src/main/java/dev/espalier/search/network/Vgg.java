package dev.espalier.search.network;

import static dev.espalier.search.network.Layer.Activation.Function.RELU;

import dev.espalier.search.network.Layer.Conv;
import dev.espalier.search.network.Layer.Pool;
import java.util.List;

/**
 * VGG-16 with batch norm, from "Very Deep Convolutional Networks for Large-Scale Image Recognition"
 * (2015). Small images get one linear layer instead of the three of the original, and convolutions
 * without the bias that the batch norm behind them cancels.
 */
final class Vgg {

  private static final List<Integer> CONVOLUTIONS = List.of(2, 2, 3, 3, 3);
  private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512, 512);
  private static final int HIDDEN = 4096;

  private Vgg() {}

  static Network sixteen(String name, Shape image, int classes) {
    boolean small = Zoo.isSmall(image);
    NetworkBuilder net = new NetworkBuilder(name, image);
    int node = 0;
    for (int s = 0; s < WIDTHS.size(); s++) {
      String stage = "stage" + (s + 1);
      for (int i = 1; i <= CONVOLUTIONS.get(s); i++) {
        Conv conv = Conv.dense(WIDTHS.get(s), 3, 1);
        node = net.convBatchNorm(stage, "" + i, node, small ? conv : conv.withBias());
        node = net.activation(stage + ".relu" + i, node, RELU);
      }
      node = net.add(stage + ".pool", new Pool(Pool.Kind.MAX, 2, 2, 0), List.of(node));
    }
    node = net.add("head.flatten", new Layer.Flatten(), List.of(node));
    if (!small) {
      node = net.activation("head.relu1", net.linear("head.linear1", node, HIDDEN), RELU);
      node = net.activation("head.relu2", net.linear("head.linear2", node, HIDDEN), RELU);
    }
    net.linear("head.linear", node, classes);
    return net.build();
  }
}
