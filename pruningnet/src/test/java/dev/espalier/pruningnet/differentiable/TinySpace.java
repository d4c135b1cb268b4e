package dev.espalier.pruningnet.differentiable;

import dev.espalier.search.architecture.Alphas;
import dev.espalier.search.architecture.Architecture;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import java.util.List;
import java.util.random.RandomGenerator;

/** Two choices of one kind among nothing, a convolution, a mean and the input; 34 weights. */
record TinySpace() implements ArchitectureSpace {

  static final List<String> OPTIONS = List.of("none", "conv", "pool", "skip");

  @Override
  public Network supernet() {
    NetworkBuilder net = new NetworkBuilder("tiny", new Shape(3, 4, 4));
    int trunk = net.conv("stem", 0, 2, 1, 1);
    for (String name : List.of("a", "b")) {
      int conv = net.conv(name + ".conv", trunk, 2, 1, 1);
      Layer mean = new Layer.Pool(Layer.Pool.Kind.AVERAGE, 3, 1, 1);
      int pool = net.add(name + ".pool", mean, List.of(trunk));
      Layer mixture = new Layer.Mixture(name, OPTIONS);
      int mixed = net.add(name + ".mixed", mixture, List.of(conv, pool, trunk));
      trunk = net.activation(name + ".relu", mixed, Layer.Activation.Function.RELU);
    }
    net.linear("head", net.globalAveragePool("mean", trunk), 4);
    return net.build();
  }

  /** Only how many choices have fallen on the input. */
  private record Decided(int skips) implements Architecture {

    @Override
    public String text() {
      return "tiny";
    }

    @Override
    public Network network() {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public Architecture decide(Alphas alphas) {
    return new Decided(
        (int) alphas.choices().values().stream().filter(a -> a.get(3) > a.get(1)).count());
  }

  @Override
  public Architecture random(RandomGenerator random) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Architecture parse(String text) {
    throw new UnsupportedOperationException();
  }
}
