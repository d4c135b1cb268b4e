package dev.espalier.pruningnet.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.execute.RecordingNormalization;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.ChannelGroup;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaddingTest {

  private static final Padding PADDING = new Padding(3);
  private static final int BATCH = 4;

  static Stream<Network> networks() {
    return TinyNetworks.all().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void network_hasWidthsOfTheMultipleButNotAboveTheBase(Network network) {
    SearchSpace space = SearchSpace.of(network, RatioGrid.METAPRUNING);
    for (Structure structure : PruningNetTest.structures(space)) {
      for (ChannelGroup group : space.groups()) {
        int width = PADDING.width(space, structure, group.id());
        int least = space.width(structure, group.id());
        assertThat(width).isBetween(least, group.channels());
        if (group.unit() == 1) {
          assertThat(width % 3 == 0 || width == group.channels()).isTrue();
        } else {
          assertThat(width).isEqualTo(least);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void weights_ofThePaddedNetwork_giveTheSameScores(Network network) {
    SearchSpace space = SearchSpace.of(network, RatioGrid.METAPRUNING);
    try (PruningNet net = PruningNet.untrained(space, 4, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      NDArray images =
          scope.randomNormal(new Shape(BATCH, 3, TinyNetworks.SIDE, TinyNetworks.SIDE));
      for (Structure structure : PruningNetTest.structures(space)) {
        RecordingNormalization recording = new RecordingNormalization();
        float[] plain =
            Forward.of(space.apply(structure))
                .run(images, net.weights(structure, scope), Normalization.batch())
                .toFloatArray();
        Forward padded = Forward.of(PADDING.network(space, structure));
        float[] scores =
            padded.run(images, net.weights(structure, PADDING, scope), recording).toFloatArray();
        Normalization given = Normalization.given(recording.statistics(), scope);
        float[] again =
            padded.run(images, net.weights(structure, PADDING, scope), given).toFloatArray();
        for (int i = 0; i < plain.length; i++) {
          assertThat(scores[i]).isCloseTo(plain[i], within(1e-3f));
          assertThat(again[i]).isCloseTo(plain[i], within(1e-3f));
        }
      }
    }
  }

  @Test
  void padding_belowOne_isRefused() {
    assertThatThrownBy(() -> new Padding(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiple is 0");
  }
}
