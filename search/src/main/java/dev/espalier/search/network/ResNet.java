package dev.espalier.search.network;

import static dev.espalier.search.network.Layer.Activation.Function.RELU;

import dev.espalier.search.network.Layer.Conv;
import dev.espalier.search.network.Layer.Pool;
import java.util.List;

/**
 * Residual networks, from "Deep Residual Learning for Image Recognition" (2016): a trunk that adds
 * the output of each block to its input. Where a block changes the shape, the shortcut is a 1x1
 * convolution. A bottleneck strides in its 3x3 convolution.
 */
final class ResNet {

  private final NetworkBuilder net;
  private int trunk;

  private ResNet(String name, Shape image) {
    this.net = new NetworkBuilder(name, image);
  }

  /** The family for small images: 3 stages of n basic blocks, widths 16, 32 and 64. */
  static Network small(String name, Shape image, int classes, int n) {
    ResNet resnet = new ResNet(name, image);
    resnet.stem(Conv.dense(16, 3, 1));
    resnet.stages(List.of(n, n, n), 16, 1);
    return resnet.head(classes);
  }

  /** The family for photographs: 4 stages, widths 64 to 512, outputs expanded by a factor. */
  static Network large(String name, Shape image, int classes, List<Integer> blocks, int expansion) {
    ResNet resnet = new ResNet(name, image);
    if (Zoo.isSmall(image)) {
      resnet.stem(Conv.dense(64, 3, 1));
    } else {
      resnet.stem(Conv.dense(64, 7, 2));
      resnet.trunk =
          resnet.net.add("stem.pool", new Pool(Pool.Kind.MAX, 3, 2, 1), List.of(resnet.trunk));
    }
    resnet.stages(blocks, 64, expansion);
    return resnet.head(classes);
  }

  private void stem(Conv conv) {
    trunk = net.activation("stem.relu", net.convBatchNorm("stem", "", 0, conv), RELU);
  }

  private void stages(List<Integer> blocks, int width, int expansion) {
    for (int stage = 0; stage < blocks.size(); stage++) {
      for (int i = 0; i < blocks.get(stage); i++) {
        String block = "stage%d.block%d".formatted(stage + 1, i);
        int stride = stage > 0 && i == 0 ? 2 : 1;
        int inner = width << stage;
        int branch =
            expansion == 1
                ? basic(block, inner, stride)
                : bottleneck(block, inner, inner * expansion, stride);
        int shortcut = shortcut(block, net.shape(branch), stride);
        trunk = net.activation(block + ".relu", net.sum(block + ".add", branch, shortcut), RELU);
      }
    }
  }

  private int basic(String block, int width, int stride) {
    int inner = unit(block, "1", trunk, Conv.dense(width, 3, stride));
    return net.convBatchNorm(block, "2", inner, Conv.dense(width, 3, 1));
  }

  private int bottleneck(String block, int inner, int out, int stride) {
    int reduced = unit(block, "1", trunk, Conv.dense(inner, 1, 1));
    int filtered = unit(block, "2", reduced, Conv.dense(inner, 3, stride));
    return net.convBatchNorm(block, "3", filtered, Conv.dense(out, 1, 1));
  }

  private int unit(String block, String part, int input, Conv conv) {
    int normal = net.convBatchNorm(block, part, input, conv);
    return net.activation(block + ".relu" + part, normal, RELU);
  }

  private int shortcut(String block, Shape branch, int stride) {
    if (branch.equals(net.shape(trunk))) {
      return trunk;
    }
    return net.convBatchNorm(
        block + ".shortcut", "", trunk, Conv.dense(branch.channels(), 1, stride));
  }

  private Network head(int classes) {
    net.linear("head.linear", net.globalAveragePool("head.pool", trunk), classes);
    return net.build();
  }
}
