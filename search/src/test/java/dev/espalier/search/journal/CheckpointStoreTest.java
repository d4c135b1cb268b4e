package dev.espalier.search.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.espalier.search.journal.format.JournalDamagedException;
import dev.espalier.search.simulation.MemoryDisk;
import dev.espalier.search.simulation.PowerLoss;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointStoreTest {

  private static Checkpoint checkpoint(long sequence) {
    return checkpoint(sequence, 64);
  }

  private static Checkpoint checkpoint(long sequence, int size) {
    byte[] state = new byte[size];
    Arrays.fill(state, (byte) sequence);
    return new Checkpoint(sequence, state);
  }

  @Test
  void save_five_keepsTheNewestThree() throws IOException {
    MemoryDisk disk = MemoryDisk.reliable();
    CheckpointStore store = new CheckpointStore(disk);
    for (long sequence : new long[] {3, 20, 100, 7, 9}) {
      store.save(checkpoint(sequence));
    }

    assertThat(store.newestFirst()).hasSize(3);
    assertThat(store.read(store.newestFirst().get(0)).sequence()).isEqualTo(100);
    assertThat(store.read(store.newestFirst().get(1)).sequence()).isEqualTo(20);
    assertThat(store.read(store.newestFirst().get(2)).state()).isEqualTo(checkpoint(9).state());
    assertThat(disk.names()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(MemoryDisk.Survival.class)
  void save_powerLostAtAnyWrite_leavesAWholeNewestCheckpoint(MemoryDisk.Survival survival)
      throws IOException {
    for (long writes = 5; writes < 100; writes++) {
      MemoryDisk disk = MemoryDisk.losingPowerAfter(writes);
      CheckpointStore store = new CheckpointStore(disk);
      long saved = 0;
      try {
        for (long sequence = 1; sequence <= 6; sequence++) {
          store.save(checkpoint(sequence));
          saved = sequence;
        }
        writes = 100;
      } catch (PowerLoss expected) {
        assertThat(saved).isLessThan(6);
      }
      CheckpointStore after = new CheckpointStore(disk.afterPowerLoss(survival));
      Checkpoint newest = after.read(after.newestFirst().get(0));

      assertThat(newest.sequence()).isBetween(saved, saved + 1);
      assertThat(newest.state()).isEqualTo(checkpoint(newest.sequence()).state());
    }
  }

  @Test
  void format1_fixture_isReadAndWrittenTheSame() throws IOException {
    byte[] fixture;
    try (InputStream in =
        CheckpointStoreTest.class.getResourceAsStream("checkpoint-format-1.bin")) {
      fixture = Optional.ofNullable(in).orElseThrow().readAllBytes();
    }
    Checkpoint read = Checkpoint.parse("fixture", fixture);

    assertThat(read.sequence()).isEqualTo(12);
    assertThat(read.state()).isEqualTo(checkpoint(12).state());
    assertThat(checkpoint(12).toBytes()).isEqualTo(fixture);
  }

  @Test
  void read_anyBitFlippedOrAnyTruncation_isRefused() throws IOException {
    MemoryDisk disk = MemoryDisk.reliable();
    CheckpointStore store = new CheckpointStore(disk);
    store.save(checkpoint(1, 4096));
    String file = store.newestFirst().get(0);
    byte[] whole = disk.bytes(file);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(store, disk, file, flipped);
    }
    for (int size = 0; size < whole.length; size++) {
      assertRefused(store, disk, file, Arrays.copyOf(whole, size));
    }
  }

  private static void assertRefused(
      CheckpointStore store, MemoryDisk disk, String file, byte[] bytes) {
    disk.put(file, bytes);
    assertThatExceptionOfType(JournalDamagedException.class)
        .isThrownBy(() -> store.read(file))
        .withMessageContaining(file);
  }
}
