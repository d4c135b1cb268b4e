package dev.espalier.pruningnet.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScoresTest {

  static Stream<Arguments> networksAndFractions() {
    return Stream.concat(TinyNetworks.all().stream(), Stream.of(TinyNetworks.mixed()))
        .flatMap(
            network -> Stream.of(1.0, 0.5, 0.1, 0.01).map(kept -> Arguments.of(network, kept)));
  }

  @ParameterizedTest
  @MethodSource("networksAndFractions")
  void masks_ofAnyNetwork_keepExactlyTheShareOfEachLayer(Network network, double kept) {
    try (NetworkParameters model = NetworkParameters.untrained(network, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      for (Granularity granularity : Granularity.values()) {
        Scores scores = Scores.ofMagnitudes(network, granularity, model.weights(), scope);
        Masks masks = scores.masks(Sparsity.of(granularity, kept), scope);
        for (Node node : network.layersWithWeights()) {
          NDArray weight = model.weights().of(node).weight();
          long units = granularity == Granularity.WEIGHT ? weight.size() : weight.getShape().get(0);
          long expected = Math.max(1, Math.round(kept * units)) * (weight.size() / units);
          NDArray ones = weight.onesLike().mul(masks.of(node.index()));
          assertThat(ones.sum().getFloat()).as(node.name()).isEqualTo(expected);
          assertThat(ones.toFloatArray()).containsOnly(kept == 1 ? new float[] {1} : values(ones));
        }
      }
    }
  }

  private static float[] values(NDArray mask) {
    return mask.sum().getFloat() == mask.size() ? new float[] {1} : new float[] {0, 1};
  }

  @Test
  void masks_keepingAll_changeNoBitOfTheResult() {
    Network network = TinyNetworks.residual();
    try (NetworkParameters model = NetworkParameters.untrained(network, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      Scores scores = Scores.ofMagnitudes(network, Granularity.WEIGHT, model.weights(), scope);
      Weights masked =
          scores.masks(Sparsity.of(Granularity.WEIGHT, 1), scope).apply(model.weights(), scope);
      NDArray images = scope.randomNormal(new Shape(3, 3, TinyNetworks.SIDE, TinyNetworks.SIDE));
      Forward forward = Forward.of(network);
      assertThat(forward.run(images, masked, Normalization.batch()).toFloatArray())
          .containsExactly(
              forward.run(images, model.weights(), Normalization.batch()).toFloatArray());
    }
  }

  @Test
  void ofMagnitudes_handMadeWeights_areScaledByTheLargestAndTheFanIn() {
    NetworkBuilder net = new NetworkBuilder("line", new dev.espalier.search.network.Shape(3, 1, 1));
    net.linear("line", 0, 2);
    Network network = net.build();
    try (NDManager scope = Torch.scope()) {
      NDArray weight = scope.create(new float[] {1, -4, 2, 0, 0.5f, -1}, new Shape(2, 3));
      Weights weights = new Weights(Map.of(1, new LayerWeights(weight, null)));
      double scale = Math.sqrt(6.0 / 3);

      Scores each = Scores.ofMagnitudes(network, Granularity.WEIGHT, weights, scope);
      assertClose(each, scale / 4, scale, scale / 2, 0, scale / 8, scale / 4);
      assertThat(each.masks(Sparsity.of(Granularity.WEIGHT, 0.5), scope).of(1).toFloatArray())
          .containsExactly(1, 1, 1, 0, 0, 0);

      Scores filters = Scores.ofMagnitudes(network, Granularity.FILTER, weights, scope);
      assertClose(filters, scale, scale * 1.5 / 7);
      assertThat(filters.masks(Sparsity.of(Granularity.FILTER, 0.5), scope).of(1).toFloatArray())
          .containsExactly(1, 0);
      assertThatThrownBy(() -> filters.masks(Sparsity.of(Granularity.WEIGHT, 0.5), scope))
          .hasMessage("the scores are of each FILTER, but the sparsity is of each WEIGHT");
    }
  }

  @Test
  void ofMagnitudes_weightsOfZero_areZero() {
    NetworkBuilder net = new NetworkBuilder("line", new dev.espalier.search.network.Shape(3, 1, 1));
    net.linear("line", 0, 2);
    try (NDManager scope = Torch.scope()) {
      Weights weights =
          new Weights(Map.of(1, new LayerWeights(scope.zeros(new Shape(2, 3)), null)));
      assertClose(
          Scores.ofMagnitudes(net.build(), Granularity.WEIGHT, weights, scope), 0, 0, 0, 0, 0, 0);
    }
  }

  private static void assertClose(Scores scores, double... expected) {
    Parameter only = scores.parameters().get(0);
    assertThat(only.name()).isEqualTo("line.scores");
    float[] found = only.array().toFloatArray();
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(1e-6));
    }
  }
}
