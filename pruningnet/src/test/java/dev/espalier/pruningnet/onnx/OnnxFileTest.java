package dev.espalier.pruningnet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.model.LearnedNetworks;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxFileTest {

  private static final Shape IMAGE = new Shape(3, 32, 32);
  private static final int BATCH = 3;

  @TempDir private Path folder;

  /** Every way of tying layers together, and narrow forms of every network of the zoo. */
  static Stream<Network> networks() {
    Stream<Network> zoo =
        Zoo.names().stream()
            .map(name -> SearchSpace.of(Zoo.network(name, IMAGE, 10), RatioGrid.METAPRUNING))
            .map(space -> space.apply(space.random(new RandomStreams(3).stream("any", 0))));
    return Stream.concat(TinyNetworks.all().stream(), zoo);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void write_anyNetwork_onnxRuntimeScoresAlike(Network network) {
    try (TrainedNetwork trained = LearnedNetworks.of(network)) {
      requireAlike(trained, trained);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void write_foldedNetwork_onnxRuntimeScoresAlike(Network network) {
    try (TrainedNetwork trained = LearnedNetworks.of(network);
        TrainedNetwork folded = trained.folded()) {
      requireAlike(trained, folded);
    }
  }

  private void requireAlike(TrainedNetwork trained, TrainedNetwork written) {
    Path file = folder.resolve("some.onnx");
    OnnxFile.write(file, written, Map.of());
    float[] pixels = LearnedNetworks.pixels(trained.network(), BATCH, 9);
    try (OnnxNetwork read = OnnxNetwork.open(file, 1)) {
      float[] scores = read.scores(pixels, BATCH);

      assertThat(read.image()).isEqualTo(trained.network().input());
      assertThat(Agreement.difference(scores, trained.scores(pixels, BATCH)))
          .isLessThan(Agreement.TOLERANCE);
    }
  }

  @Test
  void write_anyNetwork_metadataSayWhatItsNumbersMean() {
    Path file = folder.resolve("some.onnx");
    try (TrainedNetwork trained = LearnedNetworks.of(TinyNetworks.plain())) {
      OnnxFile.write(file, trained, Map.of("job", "tiny-2"));

      try (OnnxNetwork read = OnnxNetwork.open(file, 1)) {
        assertThat(ImageConvention.of(read.metadata(), "it")).isEqualTo(trained.images());
        assertThat(read.metadata())
            .containsAllEntriesOf(trained.provenance())
            .containsEntry("job", "tiny-2");
      }
    }
  }

  @Test
  void open_noSuchFile_isRefused() {
    assertRefused(folder.resolve("none.onnx"), "none.onnx: there is no such file");
  }

  @Test
  void open_foreignFile_isRefused() throws Exception {
    assertRefused(
        Files.writeString(folder.resolve("notes.onnx"), "no network"), "notes.onnx: ONNX Runtime");
  }

  @Test
  void open_fileCutShort_isRefused() throws Exception {
    Path file = folder.resolve("some.onnx");
    try (TrainedNetwork trained = LearnedNetworks.of(TinyNetworks.plain())) {
      OnnxFile.write(file, trained, Map.of());
    }
    byte[] whole = Files.readAllBytes(file);

    assertRefused(
        Files.write(folder.resolve("half.onnx"), Arrays.copyOf(whole, whole.length / 2)),
        "half.onnx: ONNX Runtime cannot load it");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> OnnxNetwork.open(file, 1).close())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(message);
  }
}
