package dev.espalier.search.journal;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.journal.format.Frame;
import dev.espalier.search.journal.format.JournalDamagedException;
import dev.espalier.search.journal.format.JournalRecord;
import dev.espalier.search.journal.format.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a journal of whatever can still be read: every whole record of every file, also behind
 * damage, and what the caller knows besides. The files that were there keep their bytes under names
 * that begin with {@value #SET_ASIDE}. What could not be kept is evaluated again by the search,
 * with the same outcome.
 *
 * @param kept results in the repaired journal
 * @param setAside new names of the files that were there
 */
public record JournalRepair(int kept, List<String> setAside) {

  private static final String SET_ASIDE = "damaged-";

  /** Keeps a copy. */
  public JournalRepair {
    setAside = List.copyOf(setAside);
  }

  /**
   * Repairs the journal in a folder, by whoever owns it.
   *
   * @param known results that count even if no file has them, such as those of a checkpoint
   * @throws JournalDamagedException if no file says any more what the search is made of
   */
  public static JournalRepair of(Disk disk, List<Evaluation> known) throws IOException {
    JournalFiles files = JournalFiles.of(disk);
    List<String> names = new ArrayList<>(files.chain());
    // What was replaced may be whole where its replacement is not.
    files.superfluous().stream().filter(n -> !WholeFile.unfinished(n)).forEach(names::add);
    Salvage salvage = new Salvage();
    for (String name : names) {
      salvage.add(Segment.scan(name, disk.read(name)));
    }
    known.forEach(salvage::add);
    long through = Math.max(Math.max(salvage.through, files.checkpointed()), files.last()) + 1;
    String identity = salvage.identity.orElseThrow(() -> unknown(names));
    Compaction.write(
        disk,
        identity,
        Math.max(salvage.epoch, files.epoch()) + 1,
        through,
        List.copyOf(salvage.results.values()));
    List<String> setAside = new ArrayList<>();
    for (String name : names) {
      disk.rename(name, SET_ASIDE + name);
      setAside.add(SET_ASIDE + name);
    }
    disk.forceNames();
    return new JournalRepair(salvage.results.size(), setAside);
  }

  private static JournalDamagedException unknown(List<String> names) {
    return new JournalDamagedException(
        names.isEmpty() ? "journal" : names.get(0), 0, "nothing says what the search is made of");
  }

  private static final class Salvage {
    private final TreeMap<Long, Evaluation> results = new TreeMap<>();
    private Optional<String> identity = Optional.empty();
    private long through = -1;
    private long epoch;

    void add(Segment segment) {
      for (Frame frame : segment.salvage()) {
        epoch = Math.max(epoch, frame.epoch());
        try {
          add(frame.sequence(), frame.record());
        } catch (IllegalArgumentException e) {
          // Its checksum is right but it says what no record can: nothing to keep.
          through = Math.max(through, frame.sequence());
        }
      }
    }

    private void add(long sequence, JournalRecord record) {
      through = Math.max(through, sequence);
      if (record instanceof JournalRecord.Returned returned) {
        returned.evaluations().forEach(this::add);
      } else if (record instanceof JournalRecord.Opened opened) {
        identity = Optional.of(opened.identity());
      } else if (record instanceof JournalRecord.Compacted compacted) {
        identity = Optional.of(compacted.identity());
        through = Math.max(through, compacted.through());
      }
    }

    void add(Evaluation evaluation) {
      results.putIfAbsent(evaluation.candidate().index(), evaluation);
    }
  }
}
