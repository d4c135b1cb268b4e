package dev.espalier.pruningnet.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardTest {

  private static final int BATCH = 5;
  private static final double TOLERANCE = 2e-4;

  static Stream<Network> networks() {
    return Stream.concat(TinyNetworks.all().stream(), Stream.of(TinyNetworks.mixed()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void run_withBatchStatistics_equalsPlainLoops(Network network) {
    Map<Integer, ReferenceForward.Arrays> arrays = randomWeights(network);
    double[][] images = randomImages(network);
    double[][] expected = new ReferenceForward(network, arrays, Map.of()).run(images);
    try (NDManager scope = Torch.scope()) {
      NDArray scores =
          Forward.of(network)
              .run(
                  tensor(network, images, scope),
                  weights(network, arrays, scope),
                  Normalization.batch());
      assertClose(scores, expected);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void run_onChannelsLast_equalsPlainLoops(Network network) {
    Map<Integer, ReferenceForward.Arrays> arrays = randomWeights(network);
    double[][] images = randomImages(network);
    double[][] expected = new ReferenceForward(network, arrays, Map.of()).run(images);
    try (NDManager scope = Torch.scope()) {
      NDArray first = tensor(network, images, scope);
      NDArray last = first.transpose(0, 2, 3, 1).reshape(-1);
      Shape image = network.input();
      NDArray view =
          last.reshape(BATCH, image.height(), image.width(), image.channels())
              .transpose(0, 3, 1, 2);
      NDArray scores =
          Forward.of(network).run(view, weights(network, arrays, scope), Normalization.batch());
      assertClose(scores, expected);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void recording_measuresMeanAndVarianceOfTheBatch(Network network) {
    Map<Integer, ReferenceForward.Arrays> arrays = randomWeights(network);
    double[][] images = randomImages(network);
    ReferenceForward reference = new ReferenceForward(network, arrays, Map.of());
    double[][] expected = reference.run(images);
    try (NDManager scope = Torch.scope()) {
      RecordingNormalization recording = new RecordingNormalization();
      NDArray scores =
          Forward.of(network)
              .run(tensor(network, images, scope), weights(network, arrays, scope), recording);
      assertClose(scores, expected);
      Statistics statistics = recording.statistics();
      assertThat(statistics.layers().keySet()).isEqualTo(reference.measured().keySet());
      reference
          .measured()
          .forEach(
              (node, wanted) -> {
                Moments found = statistics.of(network.node(node));
                for (int c = 0; c < found.channels(); c++) {
                  assertThat((double) found.mean()[c])
                      .isCloseTo(wanted.mean()[c], within(TOLERANCE));
                  assertThat((double) found.variance()[c])
                      .isCloseTo(wanted.variance()[c], within(TOLERANCE));
                }
              });
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void run_withGivenStatistics_equalsPlainLoops(Network network) {
    Map<Integer, ReferenceForward.Arrays> arrays = randomWeights(network);
    double[][] images = randomImages(network);
    Map<Integer, ReferenceForward.MeanVariance> given = new HashMap<>();
    Map<Integer, Moments> moments = new HashMap<>();
    RandomGenerator random = new RandomStreams(3).stream("statistics", 0);
    for (Node node : network.nodes()) {
      if (node.layer() instanceof Layer.BatchNorm) {
        int channels = node.output().channels();
        float[] mean = new float[channels];
        float[] variance = new float[channels];
        for (int c = 0; c < channels; c++) {
          mean[c] = (float) random.nextGaussian();
          variance[c] = 0.5f + random.nextFloat();
        }
        moments.put(node.index(), new Moments(mean, variance));
        given.put(
            node.index(), new ReferenceForward.MeanVariance(doubles(mean), doubles(variance)));
      }
    }
    double[][] expected = new ReferenceForward(network, arrays, given).run(images);
    try (NDManager scope = Torch.scope()) {
      NDArray scores =
          Forward.of(network)
              .run(
                  tensor(network, images, scope),
                  weights(network, arrays, scope),
                  Normalization.given(new Statistics(moments), scope));
      assertClose(scores, expected);
    }
  }

  @Test
  void run_leavesOnlyTheScoresInTheScope() {
    Network network = TinyNetworks.mixed();
    try (NDManager scope = Torch.scope();
        NDManager step = scope.newSubManager()) {
      Weights weights = weights(network, randomWeights(network), scope);
      NDArray images = tensor(network, randomImages(network), step);
      NDArray scores = Forward.of(network).run(images, weights, Normalization.batch());
      assertThat(step.getManagedArrays().stream().map(NDArray::getUid))
          .containsExactlyInAnyOrder(images.getUid(), scores.getUid());
    }
  }

  @Test
  void run_withoutWeightsOfALayer_namesIt() {
    Network network = TinyNetworks.residual();
    try (NDManager scope = Torch.scope()) {
      NDArray images = tensor(network, randomImages(network), scope);
      Forward forward = Forward.of(network);
      assertThatThrownBy(() -> forward.run(images, new Weights(Map.of()), Normalization.batch()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'stem'");
    }
  }

  @Test
  void run_onImagesOfAnotherShape_namesBoth() {
    Network network = TinyNetworks.residual();
    try (NDManager scope = Torch.scope()) {
      NDArray images = scope.zeros(new ai.djl.ndarray.types.Shape(2, 3, 9, 9));
      Forward forward = Forward.of(network);
      assertThatThrownBy(() -> forward.run(images, new Weights(Map.of()), Normalization.batch()))
          .hasMessageContaining("3x8x8")
          .hasMessageContaining("(2, 3, 9, 9)");
    }
  }

  private static Map<Integer, ReferenceForward.Arrays> randomWeights(Network network) {
    RandomGenerator random = new RandomStreams(1).stream("weights", 0);
    Map<Integer, ReferenceForward.Arrays> weights = new HashMap<>();
    Map<String, ReferenceForward.Arrays> alphas = new HashMap<>();
    network
        .choices()
        .forEach(
            (choice, options) ->
                alphas.put(
                    choice,
                    new ReferenceForward.Arrays(gaussian(options.size(), random), new double[0])));
    for (Node node : network.nodes()) {
      int out = node.output().channels();
      if (node.layer() instanceof Layer.Conv conv) {
        int taps = network.inputOf(node).channels() / conv.groups() * conv.kernel() * conv.kernel();
        weights.put(
            node.index(),
            new ReferenceForward.Arrays(
                gaussian(out * taps, random), conv.bias() ? gaussian(out, random) : new double[0]));
      } else if (node.layer() instanceof Layer.Linear) {
        int in = network.inputOf(node).channels();
        weights.put(
            node.index(),
            new ReferenceForward.Arrays(gaussian(out * in, random), gaussian(out, random)));
      } else if (node.layer() instanceof Layer.Mixture mixture) {
        weights.put(node.index(), Objects.requireNonNull(alphas.get(mixture.choice())));
      } else if (node.layer() instanceof Layer.BatchNorm && node.index() % 2 == 0) {
        weights.put(
            node.index(),
            new ReferenceForward.Arrays(gaussian(out, random), gaussian(out, random)));
      }
    }
    return weights;
  }

  private static double[][] randomImages(Network network) {
    RandomGenerator random = new RandomStreams(2).stream("images", 0);
    double[][] images = new double[BATCH][];
    for (int i = 0; i < BATCH; i++) {
      images[i] = gaussian((int) network.input().elements(), random);
    }
    return images;
  }

  /** Values that float32 holds exactly. */
  private static double[] gaussian(int count, RandomGenerator random) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (0.5 * random.nextGaussian());
    }
    return values;
  }

  private static NDArray tensor(Network network, double[][] images, NDManager scope) {
    float[] values = new float[BATCH * images[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) images[i / images[0].length][i % images[0].length];
    }
    Shape shape = network.input();
    return scope.create(
        values,
        new ai.djl.ndarray.types.Shape(BATCH, shape.channels(), shape.height(), shape.width()));
  }

  private static Weights weights(
      Network network, Map<Integer, ReferenceForward.Arrays> arrays, NDManager scope) {
    Map<Integer, LayerWeights> layers = new HashMap<>();
    arrays.forEach(
        (index, layer) -> {
          Node node = network.node(index);
          NDArray weight = scope.create(floats(layer.weight()));
          if (node.layer() instanceof Layer.Conv conv) {
            weight = weight.reshape(conv.out(), -1, conv.kernel(), conv.kernel());
          } else if (node.layer() instanceof Layer.Linear linear) {
            weight = weight.reshape(linear.out(), -1);
          }
          double[] bias = layer.bias();
          layers.put(
              index,
              new LayerWeights(weight, bias.length == 0 ? null : scope.create(floats(bias))));
        });
    return new Weights(layers);
  }

  private static void assertClose(NDArray scores, double[][] expected) {
    float[] found = scores.toFloatArray();
    assertThat(found).hasSize(expected.length * expected[0].length);
    for (int i = 0; i < found.length; i++) {
      double wanted = expected[i / expected[0].length][i % expected[0].length];
      assertThat((double) found[i])
          .isCloseTo(wanted, within(TOLERANCE * Math.max(1, Math.abs(wanted))));
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
