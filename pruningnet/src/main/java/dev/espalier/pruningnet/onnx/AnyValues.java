package dev.espalier.pruningnet.onnx;

import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for a network of which only the speed matters. What goes through the layers hardly
 * vanishes or grows, as tiny numbers are slow; layers have different ones, as equal layers that
 * read the same would be computed once.
 */
record AnyValues(Network network) implements LayerValues {

  @Override
  public Learned learned(Node node) {
    int out = node.output().channels();
    if (node.layer() instanceof Layer.Conv conv) {
      int in = network.inputOf(node).channels() / conv.groups();
      int side = conv.kernel();
      float each = own(node) / (in * side * side);
      Values weight = all(each, out, in, side, side);
      return new Learned(weight, bias(conv.bias(), node));
    }
    if (node.layer() instanceof Layer.Linear linear) {
      int in = network.inputOf(node).channels();
      return new Learned(all(own(node) / in, out, in), bias(linear.bias(), node));
    }
    return new Learned(all(own(node), out), all(own(node) / 100, out));
  }

  @Override
  public Moments moments(Node node) {
    int channels = node.output().channels();
    return new Moments(new float[channels], all(1, channels).numbers());
  }

  private static @Nullable Values bias(boolean there, Node node) {
    return there ? all(own(node) / 100, node.output().channels()) : null;
  }

  /** A number about 1. */
  private static float own(Node node) {
    return 1 + node.index() / 65536f;
  }

  private static Values all(float value, int... dimensions) {
    long[] sides = Arrays.stream(dimensions).asLongStream().toArray();
    float[] numbers =
        new float[Math.toIntExact(Arrays.stream(sides).reduce(1, Math::multiplyExact))];
    Arrays.fill(numbers, value);
    return new Values(numbers, sides);
  }
}
