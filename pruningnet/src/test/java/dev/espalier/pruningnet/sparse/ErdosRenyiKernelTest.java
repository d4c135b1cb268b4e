package dev.espalier.pruningnet.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.cost.WalkCosts;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErdosRenyiKernelTest {

  private static final Shape IMAGE = new Shape(3, 32, 32);

  @ParameterizedTest
  @CsvSource({
    "resnet20, 0.1",
    "resnet20, 0.01",
    "mobilenetv2, 0.1",
    "mobilenetv2, 0.01",
    "vgg16, 0.05",
    "densenet40, 0.9"
  })
  void of_share_isKeptOfTheWholeNetwork(String name, double kept) {
    Network network = Zoo.network(name, IMAGE, 10);
    Sparsity sparsity = ErdosRenyiKernel.of(network, Granularity.WEIGHT, kept);

    double all = 0;
    double left = 0;
    for (Node layer : network.layersWithWeights()) {
      double weights = WalkCosts.weights(network, layer);
      all += weights;
      left += weights * sparsity.fraction(layer);
    }
    assertThat(left / all).isCloseTo(kept, within(1e-9));
  }

  @Test
  void of_layersThatAreNotWhole_haveSharesInTheRatioOfTheFormula() {
    Network network = Zoo.network("resnet20", IMAGE, 10);
    Sparsity sparsity = ErdosRenyiKernel.of(network, Granularity.WEIGHT, 0.05);

    double narrow = share(sparsity, network, 16, 16);
    double wide = share(sparsity, network, 64, 64);
    assertThat(narrow / wide)
        .isCloseTo(
            ((16 + 16 + 6) / (16 * 16 * 9.0)) / ((64 + 64 + 6) / (64 * 64 * 9.0)), within(1e-9));
  }

  @Test
  void of_depthwiseLayers_keepMoreThanPointwiseOnes() {
    Network network = Zoo.network("mobilenetv2", IMAGE, 10);
    Sparsity sparsity = ErdosRenyiKernel.of(network, Granularity.WEIGHT, 0.05);

    double least =
        network.layersWithWeights().stream()
            .filter(network::isDepthwise)
            .mapToDouble(layer -> sparsity.fraction(layer))
            .min()
            .orElseThrow();
    assertThat(least).isGreaterThan(0.2);
  }

  @Test
  void of_all_keepsAll() {
    Network network = Zoo.network("resnet20", IMAGE, 10);

    Sparsity sparsity = ErdosRenyiKernel.of(network, Granularity.WEIGHT, 1);

    assertThat(network.layersWithWeights())
        .allSatisfy(
            layer -> {
              int weights = Math.toIntExact(WalkCosts.weights(network, layer));
              assertThat(sparsity.kept(layer, weights)).isEqualTo(weights);
            });
  }

  @Test
  void of_nothing_isRefused() {
    Network network = Zoo.network("resnet20", IMAGE, 10);

    assertThatThrownBy(() -> ErdosRenyiKernel.of(network, Granularity.WEIGHT, 0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("expected above 0");
  }

  private static double share(Sparsity sparsity, Network network, int in, int out) {
    return network.layersWithWeights().stream()
        .filter(
            layer ->
                layer.layer() instanceof Layer.Conv conv
                    && conv.kernel() == 3
                    && conv.out() == out
                    && network.inputOf(layer).channels() == in)
        .mapToDouble(layer -> sparsity.fraction(layer))
        .findFirst()
        .orElseThrow();
  }
}
