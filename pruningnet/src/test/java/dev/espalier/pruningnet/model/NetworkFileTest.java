package dev.espalier.pruningnet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkFileTest {

  @TempDir private Path folder;

  static List<Network> networks() {
    return TinyNetworks.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void read_whatWasWritten_scoresTheSameBits(Network network) {
    Path file = folder.resolve("some.network");
    try (TrainedNetwork trained = LearnedNetworks.of(network)) {
      NetworkFile.write(file, trained);

      try (TrainedNetwork read = NetworkFile.read(file)) {
        float[] pixels = LearnedNetworks.pixels(network, 3, 1);
        assertThat(read.scores(pixels, 3)).isEqualTo(trained.scores(pixels, 3));
        assertThat(read.images()).isEqualTo(trained.images());
        assertThat(read.provenance()).isEqualTo(trained.provenance());
      }
    }
  }

  @Test
  void network_ofAFile_isTheGraphThatWasWritten() {
    Path file = folder.resolve("some.network");
    try (TrainedNetwork trained = LearnedNetworks.of(TinyNetworks.residual())) {
      NetworkFile.write(file, trained);
    }

    assertThat(NetworkFile.network(file)).isEqualTo(TinyNetworks.residual());
  }

  @Test
  void read_fileCutShort_isRefused() throws Exception {
    Path file = folder.resolve("some.network");
    try (TrainedNetwork trained = LearnedNetworks.of(TinyNetworks.residual())) {
      NetworkFile.write(file, trained);
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 40));

    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("ends too early");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void folded_anyNetwork_computesTheSameWithFewerLayers(Network network) {
    try (TrainedNetwork trained = LearnedNetworks.of(network);
        TrainedNetwork folded = trained.folded()) {
      float[] pixels = LearnedNetworks.pixels(network, 4, 2);

      assertThat(LearnedNetworks.difference(folded.scores(pixels, 4), trained.scores(pixels, 4)))
          .isLessThan(1e-4);
      assertThat(folded.network().nodes().size()).isLessThanOrEqualTo(network.nodes().size());
    }
  }

  @Test
  void folded_convolutionsWithBatchNorm_loseIt() {
    try (TrainedNetwork trained = LearnedNetworks.of(TinyNetworks.residual());
        TrainedNetwork folded = trained.folded()) {
      assertThat(TrainedNetwork.normalizations(trained.network())).isNotEmpty();
      assertThat(TrainedNetwork.normalizations(folded.network())).isEmpty();
    }
  }

  @Test
  void folded_batchNormThatOthersReadAround_stays() {
    try (TrainedNetwork trained = LearnedNetworks.of(TinyNetworks.dense());
        TrainedNetwork folded = trained.folded()) {
      assertThat(TrainedNetwork.normalizations(folded.network())).isNotEmpty();
    }
  }
}
