package dev.espalier.search.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.simulation.MemoryDisk;
import dev.espalier.search.simulation.PowerLoss;
import dev.espalier.search.space.Structure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    assertThat(check.files())
        .hasSize(disk.names().size() - 1)
        .allMatch(file -> file.note().isEmpty());
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

      JournalRepair repair = JournalRepair.begin(disk, "job-1");
      repair.finish(repair.results());

      assertThat(repair.results()).hasSizeBetween(RESULTS - 1, RESULTS).doesNotHaveDuplicates();
      assertThat(repair.setAside()).hasSize(files.size() - 1);
      assertThat(disk.bytes("damaged-" + damaged)).isEqualTo(bytes);
      assertThat(results(disk)).isEqualTo(repair.results());
      assertThat(JournalCheck.of(disk).trouble()).isEmpty();
      Journal.open(disk, "job-1").append(List.of(result(50)));
      assertThat(results(disk)).hasSize(repair.results().size() + 1).endsWith(result(50));
    }
  }

  @Test
  void begin_brokenOffAtEveryWriteAndDoneAgain_keepsTheSame() throws IOException {
    MemoryDisk whole = written();
    String damaged = whole.names().get(0);
    byte[] bytes = whole.bytes(damaged);
    bytes[bytes.length / 2] ^= 1;
    boolean finished = false;
    for (long writes = 0; !finished; writes++) {
      MemoryDisk disk = MemoryDisk.losingPowerAfter(writes);
      for (String name : whole.names()) {
        disk.put(name, name.equals(damaged) ? bytes : whole.bytes(name));
      }
      try {
        repair(disk);
        finished = true;
      } catch (PowerLoss expected) {
        disk = disk.afterPowerLoss(MemoryDisk.Survival.FORCED_ONLY);
        repair(disk);
      }
      assertThat(results(disk)).hasSize(RESULTS - 1).doesNotHaveDuplicates();
      assertThat(disk.bytes("damaged-" + damaged)).isEqualTo(bytes);
    }
  }

  private static void repair(MemoryDisk disk) throws IOException {
    JournalRepair repair = JournalRepair.begin(disk, "job-1");
    repair.finish(repair.results());
  }

  @Test
  void begin_nothingToReadAnyMore_setsItAside() throws IOException {
    MemoryDisk disk = MemoryDisk.reliable();
    disk.put(JournalFiles.segment(0, 1), new byte[1000]);
    repair(disk);

    assertThat(results(disk)).isEmpty();
    assertThat(Journal.open(disk, "job-1").epoch()).isGreaterThan(2);
  }

  @Test
  void begin_journalOfAnotherSearch_isRefused() throws IOException {
    MemoryDisk disk = written();

    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(() -> JournalRepair.begin(disk, "job-2"))
        .withMessageContainingAll("job-1", "job-2");
  }
}
