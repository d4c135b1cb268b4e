package dev.espalier.search.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.journal.format.JournalDamagedException;
import dev.espalier.search.simulation.MemoryDisk;
import dev.espalier.search.space.Structure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JournalRepairTest {

  private static final int RESULTS = 20;

  private static Evaluation result(long index) {
    return new Evaluation(
        new Candidate(index, Structure.of((int) index, 30)),
        new Outcome.Scored(300 + index, 500),
        Duration.ofMillis(10),
        0);
  }

  private static MemoryDisk written() throws IOException {
    MemoryDisk disk = MemoryDisk.reliable();
    Journal journal = Journal.open(disk, "job-1", 300);
    for (int i = 0; i < RESULTS; i++) {
      journal.append(List.of(result(i)));
    }
    return disk;
  }

  private static List<Evaluation> results(MemoryDisk disk) throws IOException {
    List<Evaluation> results = new ArrayList<>();
    JournalReader.open(disk).orElseThrow().replay(-1, results::add);
    return results;
  }

  @Test
  void check_soundJournal_hasNoTrouble() throws IOException {
    MemoryDisk disk = written();
    JournalCheck check = JournalCheck.of(disk);

    assertThat(check.trouble()).isEmpty();
    assertThat(check.files()).hasSize(disk.names().size()).allMatch(file -> file.note().isEmpty());
  }

  @Test
  void of_oneRecordDamaged_losesThatOneOnly() throws IOException {
    MemoryDisk whole = written();
    List<String> files = whole.names();
    for (String damaged : files.subList(0, files.size() - 1)) {
      MemoryDisk disk = written();
      byte[] bytes = disk.bytes(damaged);
      bytes[bytes.length / 2] ^= 1;
      disk.put(damaged, bytes);
      JournalCheck check = JournalCheck.of(disk);
      assertThat(check.trouble()).hasValueSatisfying(t -> assertThat(t).contains(damaged));
      assertThat(check.files())
          .filteredOn(file -> !file.note().isEmpty())
          .singleElement()
          .satisfies(
              file -> {
                assertThat(file.name()).isEqualTo(damaged);
                assertThat(file.note()).startsWith("damaged at byte ");
              });

      JournalRepair repair = JournalRepair.of(disk, List.of());

      assertThat(repair.kept()).isBetween(RESULTS - 1, RESULTS);
      assertThat(repair.setAside()).hasSize(files.size());
      assertThat(disk.bytes("damaged-" + damaged)).isEqualTo(bytes);
      assertThat(results(disk)).hasSize(repair.kept()).doesNotHaveDuplicates();
      assertThat(JournalCheck.of(disk).trouble()).isEmpty();
      Journal.open(disk, "job-1").append(List.of(result(50)));
      assertThat(results(disk)).hasSize(repair.kept() + 1).endsWith(result(50));
    }
  }

  @Test
  void of_resultsThatOthersKnow_areKeptToo() throws IOException {
    MemoryDisk disk = written();
    String first = disk.names().get(0);
    disk.put(first, new byte[10]);

    JournalRepair repair =
        JournalRepair.of(
            disk, LongStream.range(0, 10).mapToObj(JournalRepairTest::result).toList());

    assertThat(repair.kept()).isEqualTo(RESULTS);
    assertThat(results(disk)).hasSize(RESULTS);
  }

  @Test
  void of_nothingToReadAnyMore_isRefusedAndChangesNothing() throws IOException {
    MemoryDisk disk = MemoryDisk.reliable();
    String name = JournalFiles.segment(0, 1);
    disk.put(name, new byte[1000]);

    assertThatExceptionOfType(JournalDamagedException.class)
        .isThrownBy(() -> JournalRepair.of(disk, List.of()))
        .withMessageContainingAll(name, "what the search is made of");
    assertThat(disk.names()).containsExactly(name);
  }
}
