package dev.espalier.search.network;

import static dev.espalier.search.network.Layer.Activation.Function.RELU;
import static dev.espalier.search.network.Layer.Activation.Function.RELU6;

import dev.espalier.search.network.Layer.Activation;
import dev.espalier.search.network.Layer.Conv;
import java.util.List;

/**
 * Networks of depthwise convolutions: "MobileNets: Efficient Convolutional Neural Networks for
 * Mobile Vision Applications" (2017) and "MobileNetV2: Inverted Residuals and Linear Bottlenecks"
 * (2018). For small images the first two strides are 1.
 */
public final class MobileNet {

  /** Blocks that share a width: expansion of the inner width, output, count, first stride. */
  private record Stage(int expansion, int out, int blocks, int stride) {}

  private static final List<Stage> V1 =
      List.of(
          new Stage(1, 64, 1, 1),
          new Stage(1, 128, 2, 2),
          new Stage(1, 256, 2, 2),
          new Stage(1, 512, 6, 2),
          new Stage(1, 1024, 2, 2));

  private static final List<Stage> V2 =
      List.of(
          new Stage(1, 16, 1, 1),
          new Stage(6, 24, 2, 2),
          new Stage(6, 32, 3, 2),
          new Stage(6, 64, 4, 2),
          new Stage(6, 96, 3, 1),
          new Stage(6, 160, 3, 2),
          new Stage(6, 320, 1, 1));

  private final NetworkBuilder net;
  private final boolean small;
  private final Activation.Function activation;

  private MobileNet(String name, Shape image, Activation.Function activation) {
    this.net = new NetworkBuilder(name, image);
    this.small = Zoo.isSmall(image);
    this.activation = activation;
  }

  static Network v1(String name, Shape image, int classes) {
    MobileNet mobile = new MobileNet(name, image, RELU);
    int trunk = mobile.stages(V1, mobile.stem(), mobile::separable);
    return mobile.head(trunk, classes);
  }

  static Network v2(String name, Shape image, int classes) {
    return v2(
        name,
        image,
        classes,
        (net, block, input, out, stride) ->
            residual(net, block, invertedResidual(net, block, input, 3, 6, out, stride), input));
  }

  /**
   * MobileNetV2 with other blocks in place of those that widen their input. The first block, which
   * does not, stays as it is.
   *
   * @param image at least 32 x 32
   */
  public static Network v2(String name, Shape image, int classes, V2Block widening) {
    MobileNet mobile = new MobileNet(name, image, RELU6);
    int trunk =
        mobile.stages(
            V2,
            mobile.stem(),
            (block, input, stage, stride) ->
                stage.expansion() == 1
                    ? invertedResidual(mobile.net, block, input, 3, 1, stage.out(), stride)
                    : widening.add(mobile.net, block, input, stage.out(), stride));
    return mobile.head(mobile.unit("head", trunk, Conv.dense(1280, 1, 1)), classes);
  }

  /** Adds a block of MobileNetV2 and returns its output node. */
  public interface V2Block {
    int add(NetworkBuilder net, String name, int input, int out, int stride);
  }

  /** Adds one block of a stage and returns its output node. */
  private interface Block {
    int add(String name, int input, Stage stage, int stride);
  }

  private int stages(List<Stage> stages, int stem, Block block) {
    int trunk = stem;
    for (int s = 0; s < stages.size(); s++) {
      Stage stage = stages.get(s);
      for (int i = 0; i < stage.blocks(); i++) {
        int stride = i > 0 || (small && s == 1) ? 1 : stage.stride();
        trunk = block.add("stage%d.block%d".formatted(s + 1, i), trunk, stage, stride);
      }
    }
    return trunk;
  }

  private int stem() {
    return unit("stem", 0, Conv.dense(32, 3, small ? 1 : 2));
  }

  private int separable(String name, int input, Stage stage, int stride) {
    int in = net.shape(input).channels();
    int filtered = unit(name + ".depthwise", input, Conv.depthwise(in, 3, stride));
    return unit(name + ".pointwise", filtered, Conv.dense(stage.out(), 1, 1));
  }

  /**
   * An inverted residual without its shortcut: widened by 1x1, filtered by a depthwise convolution,
   * and narrowed by 1x1 without an activation behind it.
   *
   * @param expansion inner width for each input channel; with 1 nothing is widened
   */
  public static int invertedResidual(
      NetworkBuilder net, String name, int input, int kernel, int expansion, int out, int stride) {
    int inner = net.shape(input).channels() * expansion;
    int expanded =
        expansion == 1 ? input : unit6(net, name + ".expand", input, Conv.dense(inner, 1, 1));
    int filtered = unit6(net, name + ".depthwise", expanded, Conv.depthwise(inner, kernel, stride));
    return net.convBatchNorm(name + ".project", "", filtered, Conv.dense(out, 1, 1));
  }

  /** Adds the input of a block to its branch, if they are of one shape. */
  public static int residual(NetworkBuilder net, String name, int branch, int input) {
    return net.shape(branch).equals(net.shape(input))
        ? net.sum(name + ".add", branch, input)
        : branch;
  }

  private static int unit6(NetworkBuilder net, String name, int input, Conv conv) {
    return net.activation(name + ".relu", net.convBatchNorm(name, "", input, conv), RELU6);
  }

  private int unit(String name, int input, Conv conv) {
    int normal = net.convBatchNorm(name, "", input, conv);
    return net.activation(name + ".relu", normal, activation);
  }

  private Network head(int trunk, int classes) {
    net.linear("head.linear", net.globalAveragePool("head.pool", trunk), classes);
    return net.build();
  }
}
