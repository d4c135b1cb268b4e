package dev.espalier.search.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.journal.format.JournalDamagedException;
import dev.espalier.search.journal.format.Segment;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.simulation.MemoryDisk;
import dev.espalier.search.simulation.PowerLoss;
import dev.espalier.search.space.Structure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalTest {

  /** Bytes up to the end of the first record, which says "job-1". */
  private static final int FIRST_RECORD = 8 + 25 + 6;

  private static final String FILE = JournalFiles.segment(0, 1);

  private static Evaluation result(long index) {
    Outcome outcome =
        index % 3 == 2
            ? new Outcome.Failed(Outcome.Failed.Kind.TIME_LIMIT, "longer than 5 s \u2013 \u00fc")
            : new Outcome.Scored(300 + index, 500);
    return new Evaluation(
        new Candidate(index, Structure.of((int) index, 30, 200)),
        outcome,
        Duration.ofMillis(1500 + index),
        index * 100);
  }

  /** Three appends of one, two and one results in the first epoch. */
  private static MemoryDisk written() throws IOException {
    MemoryDisk disk = MemoryDisk.reliable();
    Journal journal = Journal.open(disk, "job-1");
    journal.append(List.of(result(0)));
    journal.append(List.of(result(2), result(1)));
    journal.append(List.of(result(3)));
    return disk;
  }

  private static List<Evaluation> results(Disk disk) throws IOException {
    List<Evaluation> results = new ArrayList<>();
    JournalReader.open(disk).orElseThrow().replay(-1, results::add);
    return results;
  }

  @Test
  void read_whatWasAppended_comesBackInOrder() throws IOException {
    MemoryDisk disk = written();

    assertThat(results(disk)).containsExactly(result(0), result(2), result(1), result(3));
    assertThat(JournalReader.open(disk).orElseThrow().identity()).isEqualTo("job-1");
    assertThat(JournalReader.open(MemoryDisk.reliable())).isEmpty();
  }

  @Test
  void append_batch_isForcedOnce() throws IOException {
    MemoryDisk disk = written();
    long forces = disk.forces();
    Journal journal = Journal.open(disk, "job-1");
    journal.append(List.of(result(4), result(5), result(6)));

    assertThat(disk.forces()).as("one for the opening, one for the batch").isEqualTo(forces + 2);
    assertThat(results(disk.afterPowerLoss(MemoryDisk.Survival.FORCED_ONLY))).hasSize(7);
  }

  @Test
  void open_again_beginsAnEpochAndGoesOnCounting() throws IOException {
    MemoryDisk disk = written();
    Journal second = Journal.open(disk, "job-1");
    assertThat(second.epoch()).isEqualTo(2);
    assertThat(second.sequence()).isEqualTo(4);
    second.append(List.of(result(4)));
    Journal third = Journal.open(disk, "job-1");

    assertThat(third.epoch()).isEqualTo(3);
    assertThat(third.sequence()).isEqualTo(6);
    assertThat(results(disk)).hasSize(5);
  }

  @Test
  void open_otherIdentity_isRefusedNamingBothAndChangesNothing() throws IOException {
    MemoryDisk disk = written();
    byte[] before = disk.bytes(FILE);

    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(() -> Journal.open(disk, "job-2"))
        .withMessageContainingAll("job-1", "job-2");
    assertThat(disk.bytes(FILE)).isEqualTo(before);
  }

  @Test
  void open_cutAnywhereInTheLastAppend_losesOnlyThatAppend() throws IOException {
    byte[] whole = written().bytes(FILE);
    int last = lastFrame(whole);
    for (int size = last; size < whole.length; size++) {
      MemoryDisk disk = MemoryDisk.reliable();
      disk.put(FILE, Arrays.copyOf(whole, size));
      Journal journal = Journal.open(disk, "job-1");

      assertThat(journal.cutBytes()).isEqualTo(size - last);
      journal.append(List.of(result(3)));
      assertThat(results(disk)).containsExactly(result(0), result(2), result(1), result(3));
    }
  }

  @Test
  void read_anyBitFlippedBeforeTheLastRecord_isRefusedWithTheOffset() throws IOException {
    byte[] whole = written().bytes(FILE);
    int last = lastFrame(whole);
    for (int bit = 0; bit < 8 * last; bit++) {
      MemoryDisk disk = MemoryDisk.reliable();
      disk.put(FILE, flipped(whole, bit));
      long position = bit / 8;

      assertThatExceptionOfType(JournalDamagedException.class)
          .as("bit %d", bit)
          .isThrownBy(() -> results(disk))
          .satisfies(
              damage -> {
                assertThat(damage.file()).isEqualTo(FILE);
                assertThat(damage.offset()).isBetween(position - 200, position);
              });
    }
  }

  @Test
  void read_anyBitFlippedInTheLastRecord_isNoRecord() throws IOException {
    byte[] whole = written().bytes(FILE);
    for (int bit = 8 * lastFrame(whole); bit < 8 * whole.length; bit++) {
      MemoryDisk disk = MemoryDisk.reliable();
      disk.put(FILE, flipped(whole, bit));

      assertThat(results(disk)).as("bit %d", bit).hasSize(3);
      assertThat(Journal.open(disk, "job-1").cutBytes()).isPositive();
    }
  }

  @Test
  void open_anyBytesBehindTheRecords_areCut() throws IOException {
    byte[] whole = written().bytes(FILE);
    RandomGenerator random = new RandomStreams(1).stream("bytes", 0);
    for (int round = 0; round < 2000; round++) {
      byte[] tail = new byte[random.nextInt(1, 200)];
      if (round % 2 == 0) {
        random.nextBytes(tail);
      }
      tail[random.nextInt(tail.length)] = 1;
      MemoryDisk disk = MemoryDisk.reliable();
      byte[] longer = Arrays.copyOf(whole, whole.length + tail.length);
      System.arraycopy(tail, 0, longer, whole.length, tail.length);
      disk.put(FILE, longer);

      assertThat(Journal.open(disk, "job-1").cutBytes()).isEqualTo(tail.length);
      assertThat(results(disk)).hasSize(4);
    }
  }

  @Test
  void read_truncatedInTheFirstRecord_isRefused() throws IOException {
    byte[] whole = written().bytes(FILE);
    for (int size = 0; size < FIRST_RECORD; size++) {
      MemoryDisk disk = MemoryDisk.reliable();
      disk.put(FILE, Arrays.copyOf(whole, size));

      assertThatExceptionOfType(JournalDamagedException.class)
          .as("%d bytes", size)
          .isThrownBy(() -> Journal.open(disk, "job-1"));
    }
  }

  @Test
  void append_byAnEarlierOwner_isRefusedAndCountsForNothing() throws IOException {
    MemoryDisk disk = MemoryDisk.reliable();
    Journal first = Journal.open(disk, "job-1");
    Journal second = Journal.open(disk, "job-1");
    second.append(List.of(result(0)));

    assertThatExceptionOfType(FencedException.class)
        .isThrownBy(() -> first.append(List.of(result(1))))
        .withMessageContainingAll("owner 2", "owner 1");
    assertThatExceptionOfType(FencedException.class).isThrownBy(first::requireOwner);
    second.append(List.of(result(2)));
    assertThat(results(disk)).containsExactly(result(0), result(2));
    assertThat(Journal.open(disk, "job-1").epoch()).isEqualTo(3);
  }

  @Test
  void append_afterAFailedOne_isRefused() throws IOException {
    MemoryDisk begun = MemoryDisk.reliable();
    Journal.open(begun, "job-1");
    MemoryDisk disk = MemoryDisk.losingPowerAfter(begun.writes() + 1);
    Journal journal = Journal.open(disk, "job-1");

    assertThatExceptionOfType(PowerLoss.class).isThrownBy(() -> journal.append(List.of(result(0))));
    assertThatIOException()
        .isThrownBy(() -> journal.append(List.of(result(1))))
        .withMessageContaining("earlier append failed");
  }

  @Test
  void format1_fixtureOfTheFirstRelease_isReadAndWrittenTheSame() throws IOException {
    byte[] fixture = fixture("journal-format-1.bin");
    MemoryDisk disk = MemoryDisk.reliable();
    disk.put(FILE, fixture);

    assertThat(results(disk)).containsExactly(result(0), result(2), result(1), result(3));
    assertThat(written().bytes(FILE)).isEqualTo(fixture);
  }

  /** Where the last record begins. */
  private static int lastFrame(byte[] whole) {
    int before = whole.length - 1;
    while (Segment.scan(FILE, Arrays.copyOf(whole, before)).rest() > 0) {
      before--;
    }
    return before;
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  private static List<Evaluation> appendOneByOne(Journal journal, int count) throws IOException {
    List<Evaluation> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(result(i));
      journal.append(List.of(result(i)));
    }
    return all;
  }

  @Test
  void append_moreThanASegment_goesOnInANewOneAndNothingIsLost() throws IOException {
    MemoryDisk disk = MemoryDisk.reliable();
    Journal journal = Journal.open(disk, "job-1", 200);
    List<Evaluation> all = appendOneByOne(journal, 40);

    assertThat(disk.names()).hasSizeGreaterThan(10);
    assertThat(results(disk)).isEqualTo(all);
    assertThat(Journal.open(disk, "job-1", 200).sequence()).isEqualTo(journal.sequence() + 1);
  }

  @Test
  void compact_manySegments_leavesTwoFilesWithTheSameResults() throws IOException {
    MemoryDisk disk = MemoryDisk.reliable();
    Journal journal = Journal.open(disk, "job-1", 200);
    List<Evaluation> all = appendOneByOne(journal, 40);
    journal.compact();
    assertThat(disk.names()).as("results, records, owner").hasSize(3);
    assertThat(results(disk)).isEqualTo(all);

    journal.append(List.of(result(40)));
    all.add(result(40));
    assertThat(results(disk)).isEqualTo(all);
    assertThat(results(disk.afterPowerLoss(MemoryDisk.Survival.FORCED_ONLY))).isEqualTo(all);
    List<Evaluation> tail = new ArrayList<>();
    JournalReader.open(disk).orElseThrow().replay(journal.sequence() - 1, tail::add);
    assertThat(tail).containsExactly(result(40));
  }

  @Test
  void read_aMissingFile_isRefused() throws IOException {
    MemoryDisk disk = MemoryDisk.reliable();
    Journal journal = Journal.open(disk, "job-1", 200);
    for (int i = 0; i < 10; i++) {
      journal.append(List.of(result(i)));
    }
    List<String> files = disk.names().stream().filter(name -> name.startsWith("journal")).toList();
    for (String missing : files.subList(0, files.size() - 1)) {
      MemoryDisk lacking = MemoryDisk.reliable();
      for (String file : files) {
        if (!file.equals(missing)) {
          lacking.put(file, disk.bytes(file));
        }
      }

      assertThatExceptionOfType(JournalDamagedException.class)
          .as(missing)
          .isThrownBy(() -> Journal.open(lacking, "job-1"))
          .withMessageContaining("Maybe a file is missing");
    }
  }

  @Test
  void compacted1_fixture_isReadAndWrittenTheSame() throws IOException {
    List<Evaluation> all = List.of(result(0), result(2), result(1), result(3));
    MemoryDisk written = MemoryDisk.reliable();
    Compaction.write(written, "job-1", 2, 9, all);
    String name = JournalFiles.compacted(9);
    byte[] fixture = fixture("compacted-format-1.bin");
    MemoryDisk disk = MemoryDisk.reliable();
    disk.put(name, fixture);

    assertThat(results(disk)).isEqualTo(all);
    assertThat(written.bytes(name)).isEqualTo(fixture);
    Journal journal = Journal.open(disk, "job-1");
    assertThat(journal.epoch()).isEqualTo(3);
    assertThat(journal.sequence()).isEqualTo(10);
    journal.append(List.of(result(4)));
    assertThat(results(disk)).hasSize(5).endsWith(result(4));
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = JournalTest.class.getResourceAsStream(name)) {
      return Optional.ofNullable(in).orElseThrow().readAllBytes();
    }
  }

  @Test
  void open_byTwoAtOnce_makesOnlyOneOfThemTheOwner() throws IOException {
    MemoryDisk disk = written();
    // The second one opens while the first one is between two of its writes, at each of them.
    long writes = 0;
    boolean between = true;
    while (between) {
      MemoryDisk shared = MemoryDisk.reliable();
      for (String name : disk.names()) {
        shared.put(name, disk.bytes(name));
      }
      Interrupting first = new Interrupting(shared, writes++);
      Optional<Journal> one = opened(first);
      Journal other = first.second;
      between = other != null;
      if (other != null) {
        Journal owner = one.filter(it -> it.epoch() > other.epoch()).orElse(other);
        Optional<Journal> replaced = owner == other ? one : Optional.of(other);
        assertThat(one.map(Journal::epoch)).isNotEqualTo(Optional.of(other.epoch()));
        replaced.ifPresent(
            late ->
                assertThatExceptionOfType(FencedException.class)
                    .isThrownBy(() -> late.append(List.of(result(7)))));
        owner.append(List.of(result(8)));
        assertThat(results(shared)).contains(result(3), result(8)).doesNotContain(result(7));
      }
    }
    assertThat(writes).isGreaterThan(5);
  }

  /** Empty where the other one removed what it was just writing. */
  private static Optional<Journal> opened(Disk disk) throws IOException {
    try {
      return Optional.of(Journal.open(disk, "job-1"));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Test
  void append_lateSegmentOfAnEarlierOwner_countsForNothing() throws IOException {
    MemoryDisk disk = written();
    Journal second = Journal.open(disk, "job-1");
    second.append(List.of(result(4)));
    List<Evaluation> before = results(disk);
    // What the first owner wrote after its check and before it noticed.
    disk.put(JournalFiles.segment(4, 1), disk.bytes(JournalFiles.segment(0, 2)));

    assertThat(results(disk)).isEqualTo(before);
  }

  @Test
  void read_compactedFileOfAnyLength_isRefused() throws IOException {
    byte[] whole = fixture("compacted-format-1.bin");
    for (int size = 0; size < whole.length; size++) {
      MemoryDisk disk = MemoryDisk.reliable();
      disk.put(JournalFiles.compacted(9), Arrays.copyOf(whole, size));

      assertThatExceptionOfType(JournalDamagedException.class)
          .as("%d bytes", size)
          .isThrownBy(() -> JournalReader.open(disk));
    }
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      MemoryDisk disk = MemoryDisk.reliable();
      disk.put(JournalFiles.compacted(9), flipped(whole, bit));

      assertThatExceptionOfType(JournalDamagedException.class)
          .as("bit %d", bit)
          .isThrownBy(() -> JournalReader.open(disk));
    }
  }

  /** A disk on which another process opens the journal before a write. */
  private static final class Interrupting extends ForwardingDisk {
    private long writesBefore;
    private @Nullable Journal second;

    Interrupting(Disk disk, long writesBefore) {
      super(disk);
      this.writesBefore = writesBefore;
    }

    @Override
    protected void write() throws IOException {
      if (writesBefore-- == 0) {
        second = Journal.open(disk, "job-1");
      }
    }
  }
}
