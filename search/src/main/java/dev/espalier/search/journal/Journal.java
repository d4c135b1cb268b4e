package dev.espalier.search.journal;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.job.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The journal of a search, opened by its only owner: the truth about what was evaluated.
 * Append-only. Every opening begins a new epoch with a record of its own, and every append is
 * durable when it returns.
 *
 * <p>After an append that failed nobody knows what the disk holds, so the journal takes no more;
 * whoever opens it next finds out.
 *
 * <p>Used by one thread.
 */
public final class Journal {

  private final Disk disk;
  private final long epoch;
  private final long cutBytes;
  private long sequence;
  private boolean failed;

  private Journal(Disk disk, long epoch, long sequence, long cutBytes) {
    this.disk = disk;
    this.epoch = epoch;
    this.sequence = sequence;
    this.cutBytes = cutBytes;
  }

  /**
   * Opens the journal in a folder, or begins one, and cuts off what a crash left of an append that
   * was not acknowledged.
   *
   * @param identity what the search is made of; a {@link BadInputException} names both where the
   *     journal was begun for another
   */
  public static Journal open(Disk disk, String identity) throws IOException {
    Optional<JournalReader> reader = JournalReader.open(disk);
    return reader.isPresent() ? reopen(disk, identity, reader.get()) : begin(disk, identity);
  }

  private static Journal begin(Disk disk, String identity) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(JournalReader.MAGIC);
    file.writeBytes(frame(new JournalRecord.Opened(identity), 1, 0).toBytes());
    WholeFile.write(disk, JournalReader.FILE, file.toByteArray());
    return new Journal(disk, 1, 0, 0);
  }

  private static Journal reopen(Disk disk, String identity, JournalReader reader)
      throws IOException {
    if (!reader.identity().equals(identity)) {
      throw new BadInputException(
          "this search was begun as %s, but is now %s. Maybe the job, its data or its PruningNet"
                  .formatted(reader.identity(), identity)
              + " was changed since; begin a new job, or undo the change");
    }
    while (reader.next().isPresent()) {
      // Walks to the end of what was acknowledged.
    }
    long torn = reader.rest();
    if (torn > 0) {
      disk.truncate(JournalReader.FILE, reader.offset());
      disk.force(JournalReader.FILE);
    }
    Journal journal = new Journal(disk, reader.epoch() + 1, reader.sequence(), torn);
    journal.append(new JournalRecord.Opened(identity));
    return journal;
  }

  /** Which opening this is, from 1. */
  public long epoch() {
    return epoch;
  }

  /** The number of the last record. */
  public long sequence() {
    return sequence;
  }

  /** Bytes of an unfinished append that were cut off by this opening. */
  public long cutBytes() {
    return cutBytes;
  }

  /** A walk through the journal from its first record. */
  public JournalReader read() throws IOException {
    return JournalReader.open(disk).orElseThrow();
  }

  /** Keeps results, which are durable, and so acknowledged, when this returns. */
  public void append(List<Evaluation> evaluations) throws IOException {
    append(new JournalRecord.Returned(evaluations));
  }

  private void append(JournalRecord record) throws IOException {
    if (failed) {
      throw new IOException(JournalReader.FILE + ": an earlier append failed; open it anew");
    }
    failed = true;
    disk.append(JournalReader.FILE, frame(record, epoch, sequence + 1).toBytes());
    disk.force(JournalReader.FILE);
    failed = false;
    sequence++;
  }

  private static Frame frame(JournalRecord record, long epoch, long sequence) {
    return new Frame(RecordCodec.type(record), epoch, sequence, RecordCodec.encode(record));
  }
}
