package dev.espalier.pruningnet.onnx.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.model.LearnedNetworks;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.onnx.Agreement;
import dev.espalier.pruningnet.onnx.OnnxFile;
import dev.espalier.search.cost.WalkCosts;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxImportTest {

  @TempDir private Path folder;

  static Stream<Network> networks() {
    Stream<Network> zoo =
        Zoo.names().stream()
            .map(name -> Zoo.network(name, new Shape(3, 32, 32), 10))
            .map(network -> SearchSpace.of(network, RatioGrid.METAPRUNING))
            .map(space -> space.apply(space.random(new RandomStreams(4).stream("any", 0))));
    return Stream.concat(TinyNetworks.all().stream(), zoo);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void read_exportedNetwork_isTheSameFunctionAtTheSameCost(Network network) {
    try (TrainedNetwork written = LearnedNetworks.of(network)) {
      OnnxFile.write(file(), written, Map.of());

      try (Imported read = OnnxImport.read(file(), "mine")) {
        float[] pixels = LearnedNetworks.pixels(network, 3, 6);
        assertThat(
                Agreement.difference(read.network().scores(pixels, 3), written.scores(pixels, 3)))
            .isLessThan(Agreement.TOLERANCE);
        assertThat(WalkCosts.of(read.network().network(), 1).macs())
            .isEqualTo(WalkCosts.of(network, 1).macs());
        assertThat(read.network().images()).isEqualTo(written.images());
        assertThat(norms(read.network().network()))
            .isEqualTo(norms(network) + biasesAlone(network));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void read_exportedAndFolded_isTheSameFunction(Network network) {
    try (TrainedNetwork written = LearnedNetworks.of(network);
        TrainedNetwork folded = written.folded()) {
      OnnxFile.write(file(), folded, Map.of());

      try (Imported read = OnnxImport.read(file(), "mine")) {
        assertThat(read.difference()).isLessThan(Agreement.TOLERANCE);
      }
    }
  }

  @Test
  void read_foldedNetwork_getsItsBatchNormBack() {
    try (TrainedNetwork written = LearnedNetworks.of(TinyNetworks.residual());
        TrainedNetwork folded = written.folded()) {
      OnnxFile.write(file(), folded, Map.of());

      try (Imported read = OnnxImport.read(file(), "mine")) {
        assertThat(norms(read.network().network()))
            .isEqualTo(norms(written.network()))
            .isPositive();
        assertThat(read.notes()).singleElement().asString().contains("changes no score");
      }
    }
  }

  @Test
  void read_foldedDenseNetwork_keepsWhatWasNotFoldedAndGetsTheRestBack() {
    try (TrainedNetwork written = LearnedNetworks.of(TinyNetworks.dense());
        TrainedNetwork folded = written.folded()) {
      OnnxFile.write(file(), folded, Map.of());

      try (Imported read = OnnxImport.read(file(), "mine")) {
        assertThat(norms(read.network().network()))
            .isEqualTo(norms(folded.network()) + biasesAlone(folded.network()))
            .isGreaterThan(norms(folded.network()));
      }
    }
  }

  @Test
  void read_oneImageAtATime_isComparedOneByOne() throws Exception {
    try (Imported read = OnnxImport.read(ForeignGraph.ofOneImage().write(file()), "mine")) {
      assertThat(read.difference()).isLessThan(Agreement.TOLERANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Integer.MAX_VALUE, Long.MAX_VALUE, -1, 6148914691236517206L})
  void read_weightsOfImpossibleSize_areRefusedBeforeMemoryIsTaken(long rows) throws Exception {
    ForeignGraph.ofRows(rows).write(file());

    assertRefused("some.onnx: tensor 'w': ");
  }

  @Test
  void read_featureMapsOfImpossibleSize_areRefusedWithTheirOperator() throws Exception {
    ForeignGraph.padded(4000).write(file());

    assertRefused("operator Conv (node 'c'): it makes 4x8006x8006");
  }

  @Test
  void read_imageOfImpossibleSize_isRefused() throws Exception {
    ForeignGraph.ofSides(1L << 32, 8).write(file());

    assertRefused("input 'x' is [ x 3 x 4294967296 x 8]");
  }

  @Test
  void read_metadataOfAnotherKind_areNotTaken() throws Exception {
    ForeignGraph.mixed().write(file(), Map.of("classes", "1", "mean", "[0.5, 0.5]", "std", "x"));

    try (Imported read = OnnxImport.read(file(), "mine")) {
      assertThat(read.network().images().classes()).containsExactly("class 0", "class 1");
    }
  }

  @Test
  void read_namesOfValuesThatWeUseToo_canBeWrittenAgain() throws Exception {
    try (Imported read = OnnxImport.read(ForeignGraph.namedLikeOurs().write(file()), "mine")) {
      Path again = folder.resolve("again.onnx");
      OnnxFile.write(again, read.network(), Map.of());

      try (Imported twice = OnnxImport.read(again, "mine")) {
        assertThat(twice.network().network()).isEqualTo(read.network().network());
      }
    }
  }

  /** Convolutions over feature maps whose bias has no batch norm behind it. */
  private static long biasesAlone(Network network) {
    return network.nodes().stream()
        .filter(
            node ->
                node.layer() instanceof Layer.Conv conv
                    && conv.bias()
                    && network.inputOf(node).positions() > 1
                    && network.nodes().stream()
                        .noneMatch(
                            reader ->
                                reader.layer() instanceof Layer.BatchNorm
                                    && reader.inputs().contains(node.index())))
        .count();
  }

  private static long norms(Network network) {
    return network.nodes().stream().filter(node -> node.layer() instanceof Layer.BatchNorm).count();
  }

  @Test
  void read_operatorsThatOthersWrite_becomeLayers() throws Exception {
    try (Imported read = OnnxImport.read(ForeignGraph.mixed().write(file()), "mine")) {
      List<Class<?>> kinds =
          read.network().network().nodes().stream()
              .<Class<?>>map(node -> node.layer().getClass())
              .toList();

      assertThat(kinds)
          .containsExactly(
              Layer.Input.class,
              Layer.Conv.class,
              Layer.BatchNorm.class,
              Layer.Activation.class,
              Layer.GlobalAveragePool.class,
              Layer.Linear.class);
      assertThat(read.notes()).singleElement().asString().contains("softmax", "'probabilities'");
      assertThat(read.network().images().classes()).containsExactly("class 0", "class 1");
      assertThat(read.difference()).isLessThan(Agreement.TOLERANCE);
    }
  }

  @Test
  void read_windowsWithUnevenZeros_getThemAsLayers() throws Exception {
    try (Imported read = OnnxImport.read(ForeignGraph.unevenlyPadded().write(file()), "mine")) {
      assertThat(read.difference()).isLessThan(Agreement.TOLERANCE);
      assertThat(
              read.network().network().nodes().stream()
                  .filter(node -> node.layer() instanceof Layer.Pad))
          .hasSize(6);
    }
  }

  @Test
  void read_shuffledChannels_areNeverPrunedAndTheRestIs() throws Exception {
    try (Imported read = OnnxImport.read(ForeignGraph.shuffled().write(file()), "mine")) {
      assertThat(read.difference()).isLessThan(Agreement.TOLERANCE);
      assertThat(read.notes())
          .contains(
              "Never pruned, with the channels that they read and make: r (LocalResponse), s.0 (Slice), s.1 (Slice), h (Shuffle).");
      SearchSpace space = SearchSpace.of(read.network().network(), RatioGrid.METAPRUNING);
      assertThat(space.genes()).hasSize(1);
    }
  }

  @Test
  void read_sliceOfChannels_isFoundByEitherNameOfTheAxis() throws Exception {
    for (long axis : List.of(1L, -3L)) {
      try (Imported read = OnnxImport.read(ForeignGraph.sliced(axis).write(file()), "mine")) {
        assertThat(read.network().scores(new float[48], 1)).containsExactly(0, 0);
      }
    }
  }

  @Test
  void read_sliceOfRows_isRefused() throws Exception {
    ForeignGraph.sliced(2).write(file());

    assertRefused("operator Slice (node 's'): it takes a part along axes [2]");
  }

  @Test
  void read_poolingWithMoreAroundThanHalfItsWindow_isTheSameFunction() throws Exception {
    try (Imported read = OnnxImport.read(ForeignGraph.widelyPadded().write(file()), "mine")) {
      assertThat(read.difference()).isLessThan(Agreement.TOLERANCE);
    }
  }

  @Test
  void read_shapeThatDoublesAgainAndAgain_isRefused() throws Exception {
    ForeignGraph.doubling(40).write(file());

    assertRefused("operator Concat (node 'd7'): it computes 128 integers");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2, -1, (1L << 30) + 1})
  void read_normalizationOverNoOddNumberOfChannels_isRefused(long size) throws Exception {
    ForeignGraph.normalized(size).write(file());

    assertRefused("operator LRN (node 'n')");
  }

  @Test
  void read_channelsInGroupsThatAreNotShuffled_areRefused() throws Exception {
    ForeignGraph.inGroups().write(file());

    assertRefused("operator Relu (node 'r'): it reads channels in groups");
  }

  @Test
  void read_weightsInAnotherFile_areFound() throws Exception {
    ForeignGraph.external("weights.bin").write(file());
    ByteBuffer values = ByteBuffer.allocate(6 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.asFloatBuffer().put(new float[] {1, 2, 3, 10, 20, 30});
    Files.write(folder.resolve("weights.bin"), values.array());

    try (Imported read = OnnxImport.read(file(), "mine")) {
      assertThat(read.network().scores(new float[] {1, -1, 2}, 1)).containsExactly(5, 50);
    }
  }

  @Test
  void read_weightsThatAreNotThere_areRefusedByName() throws Exception {
    ForeignGraph.external("absent.bin").write(file());

    assertRefused("tensor 'w': its values are in 'absent.bin', which is not there");
  }

  @Test
  void read_weightsThatEndTooEarly_areRefused() throws Exception {
    ForeignGraph.external("short.bin").write(file());
    Files.write(folder.resolve("short.bin"), new byte[8]);

    assertRefused("tensor 'w': its 24 bytes begin at byte 0 of short.bin, which has 8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.bin", "/etc/hostname", "", "."})
  void read_weightsThatLieElsewhere_areRefused(String location) throws Exception {
    ForeignGraph.external(location).write(file());

    assertRefused("tensor 'w': its values are in '%s'".formatted(location));
  }

  @Test
  void read_linkThatLeadsOut_isRefused(@TempDir Path elsewhere) throws Exception {
    Files.write(elsewhere.resolve("secret.bin"), new byte[24]);
    Files.createSymbolicLink(folder.resolve("link.bin"), elsewhere.resolve("secret.bin"));
    ForeignGraph.external("link.bin").write(file());

    assertRefused("'link.bin', which leads out of");
  }

  @Test
  void read_operatorThatIsNotKnown_isRefusedByNameAndNode() throws Exception {
    ForeignGraph.of("Elu").write(file());

    assertRefused("operator Elu (node 'odd'): it is not known");
  }

  @Test
  void read_imagesOfAnySize_areRefusedWithTheirAxes() throws Exception {
    ForeignGraph.ofAnySize().write(file());

    assertRefused("input 'x' is [ x 3 x height x width]");
  }

  @Test
  void read_foreignFile_isRefused() throws Exception {
    Files.writeString(file(), "a letter to a friend");

    assertRefused("it is no whole ONNX file");
  }

  @Test
  void read_emptyFile_isRefused() throws Exception {
    Files.writeString(file(), "");

    assertRefused("it has no graph");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.9, 0.999})
  void read_fileCutShort_isRefused(double share) throws Exception {
    try (TrainedNetwork written = LearnedNetworks.of(TinyNetworks.residual())) {
      OnnxFile.write(file(), written, Map.of());
    }
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, (int) (share * whole.length)));

    assertRefused("some.onnx: it is no whole ONNX file");
  }

  private Path file() {
    return folder.resolve("some.onnx");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> OnnxImport.read(file(), "mine").close())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(message);
  }
}
