package dev.espalier.pruningnet.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedPruningNetTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING);

  @TempDir Path folder;

  @Test
  void load_givesBackParametersProvenanceAndDigest() {
    Path file = folder.resolve("net");
    try (TrainedPruningNet saved = save(SPACE, 5, file);
        TrainedPruningNet loaded = TrainedPruningNet.load(file, SPACE)) {
      assertThat(loaded.digest()).isEqualTo(saved.digest());
      assertThat(loaded.provenance()).isEqualTo(saved.provenance());
      assertThat(TrainedPruningNet.provenance(file)).isEqualTo(saved.provenance());
      for (int i = 0; i < saved.net().parameters().size(); i++) {
        assertThat(loaded.net().parameters().get(i).array().toFloatArray())
            .containsExactly(saved.net().parameters().get(i).array().toFloatArray());
      }
    }
  }

  @Test
  void digest_dependsOnTheParametersAlone_whereTheProvenanceIsTheSame() {
    try (TrainedPruningNet one = save(SPACE, 5, folder.resolve("one"));
        TrainedPruningNet same = save(SPACE, 5, folder.resolve("same"));
        TrainedPruningNet other = save(SPACE, 6, folder.resolve("other"))) {
      assertThat(one.digest()).isEqualTo(same.digest()).isNotEqualTo(other.digest());
    }
  }

  @Test
  void load_forAnotherSpace_namesBoth() {
    Path file = folder.resolve("net");
    save(SPACE, 5, file).close();
    SearchSpace fixed =
        SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING, Set.of("stem"));
    assertThatThrownBy(() -> TrainedPruningNet.load(file, fixed))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("PruningNet of residual")
        .hasMessageContaining(SpaceDigest.of(fixed).substring(0, 8));
  }

  @Test
  void load_anyBitOfItsHeaderFlipped_isRefused() throws IOException {
    Path file = folder.resolve("net");
    save(SPACE, 5, file).close();
    byte[] bytes = Files.readAllBytes(file);
    int header = 16 + ByteBuffer.wrap(bytes).getInt(12);
    for (int bit = 0; bit < 8 * header; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(
              () ->
                  TrainedPruningNet.load(
                      Channels.newChannel(new ByteArrayInputStream(damaged)), "damaged", SPACE))
          .as("bit %d", bit)
          .isInstanceOf(BadInputException.class)
          .hasMessageStartingWith("damaged: ");
    }
  }

  @Test
  void load_ofAFileCutShort_namesIt() throws IOException {
    Path file = folder.resolve("net");
    save(SPACE, 5, file).close();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1000));
    assertThatThrownBy(() -> TrainedPruningNet.load(file, SPACE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("ends too early");
  }

  @Test
  void spaceDigest_tellsGridsAndNetworksApart() {
    String digest = SpaceDigest.of(SPACE);
    assertThat(SpaceDigest.of(SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING)))
        .isEqualTo(digest);
    assertThat(SpaceDigest.of(SearchSpace.of(TinyNetworks.dense(), RatioGrid.METAPRUNING)))
        .isNotEqualTo(digest);
    RatioGrid rounded = new RatioGrid(10, 3, 31, 2);
    assertThat(SpaceDigest.of(SearchSpace.of(TinyNetworks.residual(), rounded)))
        .isNotEqualTo(digest);
  }

  private static TrainedPruningNet save(SearchSpace space, long seed, Path file) {
    PruningNet net = PruningNet.untrained(space, 3, new RandomStreams(seed));
    Provenance provenance =
        new Provenance(
            "residual", SpaceDigest.of(space), 3, "data", "d".repeat(64), "training", "none", 1, 2);
    return TrainedPruningNet.save(net, provenance, file);
  }
}
