package dev.espalier.search.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.journal.format.JournalDamagedException;
import dev.espalier.search.simulation.MemoryDisk;
import dev.espalier.search.space.Structure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Any bytes in the place of the files of a search. */
class JournalFuzzTest {

  private static final String JOURNAL = JournalFiles.segment(0, 1);

  @Property(tries = 500)
  void open_anyBytes_isRefused(@ForAll byte[] bytes) {
    for (String name : List.of(JOURNAL, JournalFiles.compacted(7))) {
      MemoryDisk disk = MemoryDisk.reliable();
      disk.put(name, bytes);

      assertThat(read(disk)).isInstanceOf(JournalDamagedException.class);
    }
    assertThat(catchThrowable(() -> Checkpoint.parse("a checkpoint", bytes)))
        .isInstanceOf(JournalDamagedException.class);
  }

  /** Bytes overwritten, moved and cut anywhere: what is read was written, or it is refused. */
  @Property(tries = 2000)
  void open_damagedJournal_givesAPrefixOrIsRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int times) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    byte[] bytes = written().bytes(JOURNAL);
    for (int i = 0; i < times; i++) {
      int from = random.nextInt(bytes.length);
      int to = random.nextInt(bytes.length);
      int length = random.nextInt(Math.min(64, bytes.length - Math.max(from, to)) + 1);
      System.arraycopy(bytes.clone(), from, bytes, to, length);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    MemoryDisk disk = MemoryDisk.reliable();
    disk.put(JOURNAL, bytes);
    long start = System.nanoTime();
    Throwable refusal = read(disk);
    JournalCheck.of(disk);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    if (refusal != null) {
      assertThat(refusal).isInstanceOf(JournalDamagedException.class);
    }
  }

  private static @Nullable Throwable read(Disk disk) {
    return catchThrowable(
        () -> {
          long[] next = {0};
          JournalReader.open(disk)
              .orElseThrow()
              .replay(-1, result -> assertThat(result).isEqualTo(result(next[0]++)));
        });
  }

  private static Evaluation result(long index) {
    return new Evaluation(
        new Candidate(index, Structure.of((int) index, 30)),
        new Outcome.Scored(300 + index, 500),
        Duration.ofMillis(10),
        0);
  }

  private static MemoryDisk written() throws IOException {
    MemoryDisk disk = MemoryDisk.reliable();
    Journal journal = Journal.open(disk, "job-1");
    for (int i = 0; i < 30; i++) {
      journal.append(List.of(result(i)));
    }
    return disk;
  }
}
