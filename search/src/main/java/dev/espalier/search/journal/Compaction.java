package dev.espalier.search.journal;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.journal.format.Frame;
import dev.espalier.search.journal.format.JournalRecord;
import dev.espalier.search.journal.format.Segment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Writes the file that replaces all records up to one of them by their results, which come in the
 * same order: a journal of many openings and small groups becomes one file of few records, and
 * nothing that was acknowledged is left out.
 */
final class Compaction {

  private static final int RESULTS_PER_RECORD = 1000;

  private Compaction() {}

  /**
   * Writes the file, durable when this returns.
   *
   * @param identity what the search is made of
   * @param epoch of the owner who writes it
   * @param through number of the last record that is replaced
   * @param results the results in these records
   */
  static void write(Disk disk, String identity, long epoch, long through, List<Evaluation> results)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(Segment.magic());
    long sequence = 0;
    JournalRecord head = new JournalRecord.Compacted(identity, through, results.size());
    file.writeBytes(Frame.of(head, epoch, sequence++).toBytes());
    for (int from = 0; from < results.size(); from += RESULTS_PER_RECORD) {
      int to = Math.min(results.size(), from + RESULTS_PER_RECORD);
      JournalRecord some = new JournalRecord.Returned(results.subList(from, to));
      file.writeBytes(Frame.of(some, epoch, sequence++).toBytes());
    }
    WholeFile.write(disk, JournalFiles.compacted(through), file.toByteArray());
  }
}
