package dev.espalier.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.espalier.search.job.SearchSpec;
import dev.espalier.search.journal.format.JournalDamagedException;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.simulation.MemoryCodec;
import dev.espalier.search.simulation.MemoryDisk;
import dev.espalier.search.simulation.SimulatedPool;
import dev.espalier.search.simulation.Simulation;
import dev.espalier.search.simulation.ToyProblem;
import dev.espalier.search.strategy.Generations;
import dev.espalier.search.strategy.MetaPruningEvolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every bit and every length of the files of a search that was stopped. */
class FilesUnderAttackTest {

  private final Search<Generations> search =
      Simulation.search(
          new MetaPruningEvolution(
              ToyProblem.halfOfTheMacs(), new SearchSpec.MetaPruning(10, 3, 4, 4, 0.1)),
          1,
          100,
          4);
  private final MemoryCodec<Generations> codec = new MemoryCodec<>();
  private final MemoryDisk disk = MemoryDisk.reliable();
  private List<?> trials = List.of();

  @BeforeEach
  void finish() throws Exception {
    var workers =
        new SimulatedPool(2, 0, ToyProblem::outcome, new RandomStreams(1).stream("order", 0));
    trials = Simulation.run(search, disk, codec, workers).history().trials();
  }

  @Test
  void restore_journalWithAnyBitFlippedOrAnyLength_isRefused() throws Exception {
    String journal = file("journal");
    byte[] whole = disk.bytes(journal);
    assertThat(whole.length).isGreaterThan(4096);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      assertRefused(journal, flipped(whole, bit));
    }
    for (int size = 0; size < whole.length; size++) {
      assertRefused(journal, Arrays.copyOf(whole, size));
    }
  }

  @Test
  void restore_checkpointWithAnyBitFlippedOrAnyLength_isToldAndDoneWithout() throws Exception {
    String checkpoint = file("checkpoint");
    byte[] whole = disk.bytes(checkpoint);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      assertPassedOver(checkpoint, flipped(whole, bit));
    }
    for (int size = 0; size < whole.length; size++) {
      assertPassedOver(checkpoint, Arrays.copyOf(whole, size));
    }
  }

  private void assertRefused(String file, byte[] bytes) {
    disk.put(file, bytes);
    assertThat(catchThrowable(() -> saved().restore(SearchListener.SILENT)))
        .isInstanceOf(JournalDamagedException.class)
        .hasMessageContaining(file);
  }

  private void assertPassedOver(String file, byte[] bytes) throws Exception {
    disk.put(file, bytes);
    List<String> skipped = new ArrayList<>();
    SearchState<Generations> state =
        saved()
            .restore(
                new SearchListener() {
                  @Override
                  public void checkpointSkipped(String name, String reason) {
                    skipped.add(name);
                  }
                });

    assertThat(skipped).containsExactly(file);
    assertThat(state.history().trials()).isEqualTo(trials);
  }

  private SavedSearch<Generations> saved() {
    return new SavedSearch<>(search, disk, codec);
  }

  private String file(String kind) {
    return disk.names().stream().filter(name -> name.startsWith(kind)).findAny().orElseThrow();
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }
}
