package dev.espalier.search.journal;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.journal.format.Frame;
import dev.espalier.search.journal.format.JournalRecord;
import dev.espalier.search.journal.format.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Makes a journal of whatever can still be read: every whole record of every file, also behind
 * damage. First all files are set aside, where they keep their bytes, then results are read from
 * them, and then the new journal is written; broken off anywhere, it can be done again.
 *
 * <p>Used by one thread, by whoever holds the job's lock.
 */
public final class JournalRepair {

  private final Disk disk;
  private final String identity;
  private final long epoch;
  private final List<String> setAside = new ArrayList<>();
  private final TreeMap<Long, Evaluation> results = new TreeMap<>();
  private long through = -1;

  private JournalRepair(Disk disk, String identity, long epoch) {
    this.disk = disk;
    this.identity = identity;
    this.epoch = epoch;
  }

  /**
   * Sets the files of a journal aside and reads them.
   *
   * @param identity what the search is made of
   * @throws dev.espalier.search.job.BadInputException if a file says that it is another search's
   */
  public static JournalRepair begin(Disk disk, String identity) throws IOException {
    JournalRepair repair = new JournalRepair(disk, identity, Journal.claim(disk, 1));
    JournalFiles files = JournalFiles.of(disk);
    repair.through = Math.max(files.last(), files.checkpointed());
    for (String name : disk.names()) {
      if (JournalFiles.isRecords(name)) {
        disk.rename(name, JournalFiles.setAside(name));
      }
    }
    disk.forceNames();
    for (String name : disk.names()) {
      if (JournalFiles.isSetAside(name)) {
        repair.setAside.add(name);
        repair.take(Segment.scan(name, disk.read(name)));
      }
    }
    return repair;
  }

  /** The results that were read, one for each candidate, in the order of proposal. */
  public List<Evaluation> results() {
    return List.copyOf(results.values());
  }

  /** Names of the files that were set aside, now or by an earlier repair. */
  public List<String> setAside() {
    return List.copyOf(setAside);
  }

  /** Writes the new journal with these results, durable when this returns. */
  public void finish(List<Evaluation> kept) throws IOException {
    Compaction.write(disk, identity, epoch, through + 1, kept);
  }

  private void take(Segment segment) {
    for (Frame frame : segment.salvage()) {
      through = Math.max(through, frame.sequence());
      try {
        take(frame.record());
      } catch (IllegalArgumentException e) {
        // Its checksum is right but it says what no record can: nothing to keep.
      }
    }
  }

  private void take(JournalRecord record) {
    if (record instanceof JournalRecord.Returned returned) {
      returned.evaluations().forEach(one -> results.putIfAbsent(one.candidate().index(), one));
    } else if (record instanceof JournalRecord.Opened opened) {
      Journal.requireSame(opened.identity(), identity);
    } else if (record instanceof JournalRecord.Compacted compacted) {
      Journal.requireSame(compacted.identity(), identity);
      through = Math.max(through, compacted.through());
    }
  }
}
