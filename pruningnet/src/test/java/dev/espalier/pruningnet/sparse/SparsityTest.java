package dev.espalier.pruningnet.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparsityTest {

  private static final Network NETWORK = TinyNetworks.residual();
  private static final Node STEM = NETWORK.node(1);

  @ParameterizedTest
  @CsvSource({"1, 108, 108", "0.5, 9, 5", "0.01, 432, 4", "0.01, 9, 1", "0.1, 108, 11"})
  void kept_fractionOfScores_isRoundedAndAtLeastOne(double fraction, int scores, int kept) {
    assertThat(Sparsity.of(Granularity.WEIGHT, fraction).kept(STEM, scores)).isEqualTo(kept);
  }

  @Test
  void kept_layerWithAFractionOfItsOwn_usesThat() {
    Sparsity sparsity = new Sparsity(Granularity.WEIGHT, 0.1, Map.of("stem", 0.5));

    assertThat(sparsity.kept(STEM, 100)).isEqualTo(50);
    assertThat(sparsity.kept(NETWORK.node(4), 100)).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void of_fractionOutsideOfItsRange_isRefused(double fraction) {
    assertThatThrownBy(() -> Sparsity.of(Granularity.WEIGHT, fraction))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(
            "sparsity.kept is %s, expected above 0 and at most 1".formatted(fraction));
    assertThatThrownBy(() -> new Sparsity(Granularity.FILTER, 1, Map.of("stem", fraction)))
        .hasMessageContaining("sparsity.layers.stem is " + fraction);
  }

  @Test
  void check_layerThatIsNotThere_isRefused() {
    assertThatThrownBy(() -> new Sparsity(Granularity.WEIGHT, 1, Map.of("stm", 0.5)).check(NETWORK))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("residual has no convolution or linear layer 'stm'")
        .hasMessageContaining("Maybe 'stem' is meant?");
    new Sparsity(Granularity.WEIGHT, 1, Map.of("stem", 0.5)).check(NETWORK);
  }
}
