package dev.espalier.search.journal;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.journal.format.Frame;
import dev.espalier.search.journal.format.JournalRecord;
import dev.espalier.search.journal.format.Segment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The journal of a search, opened by its only owner: the truth about what was evaluated. Every
 * opening begins a new epoch, and every append is durable when it returns.
 *
 * <p>An opening first takes the next epoch, which no one else can take. It then writes the last
 * segment anew, under a name with its epoch: an unfinished append at its end is left out, and bytes
 * that the system failed to write earlier are written again. Whoever owned the journal before looks
 * for a higher epoch between forcing an append and acknowledging it, so what it acknowledged was
 * there when the new owner read, and from then on it acknowledges nothing.
 *
 * <p>After an append that failed nobody knows what the disk holds, so the journal takes no more;
 * whoever opens it next finds out.
 *
 * <p>Used by one thread.
 */
public final class Journal {

  /** Bytes from which on a segment is followed by a new one. */
  public static final int SEGMENT_BYTES = 1 << 22;

  private static final int FILES_BEFORE_COMPACTION = 4;

  private final Disk disk;
  private final String identity;
  private final long epoch;
  private final int cutBytes;
  private final int segmentBytes;
  private String segment = "";
  private long size;
  private long sequence;
  private boolean failed;

  private Journal(
      Disk disk, String identity, int segmentBytes, long epoch, long sequence, int cutBytes) {
    this.disk = disk;
    this.identity = identity;
    this.segmentBytes = segmentBytes;
    this.epoch = epoch;
    this.sequence = sequence;
    this.cutBytes = cutBytes;
  }

  /** As {@link #open(Disk, String, int)} with segments of {@link #SEGMENT_BYTES}. */
  public static Journal open(Disk disk, String identity) throws IOException {
    return open(disk, identity, SEGMENT_BYTES);
  }

  /**
   * Opens the journal in a folder, or begins one.
   *
   * @param identity what the search is made of; a {@link BadInputException} names both where the
   *     journal was begun for another
   * @param segmentBytes size from which on a segment is followed by a new one
   * @throws dev.espalier.search.journal.format.JournalDamagedException if something that was
   *     acknowledged once cannot be read
   */
  public static Journal open(Disk disk, String identity, int segmentBytes) throws IOException {
    Optional<JournalReader> before = JournalReader.open(disk);
    if (before.isPresent()) {
      requireSame(before.get().identity(), identity);
    }
    long epoch = claim(disk, before.map(JournalReader::epoch).orElse(0L) + 1);
    // Read again: what the owner before acknowledged until then is there, and it acknowledges no
    // more.
    Optional<JournalReader> found = JournalReader.open(disk);
    if (found.isEmpty()) {
      Journal journal = new Journal(disk, identity, segmentBytes, epoch, -1, 0);
      journal.begin(0, Segment.magic());
      return journal;
    }
    JournalReader reader = found.get();
    Segment last = reader.last();
    Journal journal =
        new Journal(disk, identity, segmentBytes, epoch, reader.sequence(), last.rest());
    if (last.isCompacted()) {
      journal.begin(reader.sequence() + 1, Segment.magic());
    } else {
      journal.begin(last.begin(), last.records());
    }
    journal.sweep();
    return journal;
  }

  /** Makes the caller the owner of an epoch: no two callers get the same one. */
  static long claim(Disk disk, long least) throws IOException {
    long epoch = Math.max(least, JournalFiles.of(disk).epoch() + 1);
    while (!disk.create(JournalFiles.owner(epoch))) {
      epoch++;
    }
    return epoch;
  }

  static void requireSame(String begun, String now) {
    if (!begun.equals(now)) {
      throw new BadInputException(
          "this search was begun as %s, but is now %s. Maybe the job, its data or its PruningNet"
                  .formatted(begun, now)
              + " was changed since; begin a new job, or undo the change");
    }
  }

  /** Which opening this is, from 1. */
  public long epoch() {
    return epoch;
  }

  /** The number of the last record. */
  public long sequence() {
    return sequence;
  }

  /** Bytes of an unfinished append that this opening left out. */
  public int cutBytes() {
    return cutBytes;
  }

  /** Keeps results, which are durable, and so acknowledged, when this returns. */
  public void append(List<Evaluation> evaluations) throws IOException {
    if (failed) {
      throw new IOException(segment + ": an earlier append failed; open it anew");
    }
    failed = true;
    byte[] bytes = Frame.of(new JournalRecord.Returned(evaluations), epoch, sequence + 1).toBytes();
    disk.append(segment, bytes);
    disk.force(segment);
    requireOwner();
    sequence++;
    size += bytes.length;
    if (size >= segmentBytes) {
      begin(sequence + 1, Segment.magic());
    }
    failed = false;
  }

  /**
   * Refuses to go on if the journal has been opened anew since.
   *
   * @throws FencedException if another process owns it now
   */
  public void requireOwner() throws IOException {
    long newest = JournalFiles.of(disk).epoch();
    if (newest > epoch) {
      throw new FencedException(epoch, newest);
    }
  }

  /** Replaces the finished files by one, once there are many. */
  public void compact() throws IOException {
    if (JournalFiles.of(disk).chain().size() <= FILES_BEFORE_COMPACTION) {
      return;
    }
    requireOwner();
    List<Segment> sealed = JournalReader.open(disk).orElseThrow().sealed();
    List<Evaluation> results = new ArrayList<>();
    for (Segment one : sealed) {
      one.replay(-1, results::add);
    }
    Compaction.write(disk, identity, epoch, sealed.get(sealed.size() - 1).through(), results);
    sweep();
  }

  /** Goes on in a new file that begins with these bytes. */
  private void begin(long first, byte[] records) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(records);
    sequence++;
    file.writeBytes(Frame.of(new JournalRecord.Opened(identity), epoch, sequence).toBytes());
    segment = JournalFiles.segment(first, epoch);
    size = file.size();
    WholeFile.write(disk, segment, file.toByteArray());
  }

  /** Removes what newer files have replaced. */
  private void sweep() throws IOException {
    for (String name : JournalFiles.of(disk).superfluous()) {
      disk.delete(name);
    }
  }
}
