package dev.espalier.search.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Walks through a journal without changing it, so that one can look into a job that is running.
 *
 * <p>An append is forced before the next one begins, so only the last record can be cut off or torn
 * by a crash. Bytes that are no record and have no record behind them are therefore the end of an
 * append that was never acknowledged, and the walk ends before them; if a record follows, what is
 * there was acknowledged once, and a {@link JournalDamagedException} gives its offset. Memory is
 * taken for one record at a time, never more than the file has bytes.
 *
 * <p>Used by one thread.
 */
public final class JournalReader {

  /** Name of the journal within its folder. */
  public static final String FILE = "journal";

  /** First bytes of the file: the letters ESPJ and the version of the format. */
  static final byte[] MAGIC =
      ByteBuffer.allocate(8).put("ESPJ".getBytes(StandardCharsets.US_ASCII)).putInt(1).array();

  private final Disk disk;
  private final long size;
  private final String identity;
  private long offset = MAGIC.length;
  private long epoch;
  private long sequence = -1;

  private JournalReader(Disk disk) throws IOException {
    this.disk = disk;
    this.size = disk.size(FILE);
    checkMagic();
    Entry first =
        next()
            .orElseThrow(
                () -> new JournalDamagedException(FILE, MAGIC.length, "it has no first record"));
    if (!(first.record() instanceof JournalRecord.Opened opened)) {
      throw new JournalDamagedException(FILE, MAGIC.length, "its first record is no opening");
    }
    this.identity = opened.identity();
  }

  /**
   * A record and its place.
   *
   * @param epoch which opening wrote it
   * @param sequence its number
   * @param record what it tells
   */
  public record Entry(long epoch, long sequence, JournalRecord record) {}

  /** The journal in a folder, empty if there is none. */
  public static Optional<JournalReader> open(Disk disk) throws IOException {
    return disk.names().contains(FILE) ? Optional.of(new JournalReader(disk)) : Optional.empty();
  }

  /** What the search is made of, from the first record, which {@link #next} does not give again. */
  public String identity() {
    return identity;
  }

  /** The epoch of the last record that was read. */
  public long epoch() {
    return epoch;
  }

  /** The sequence of the last record that was read. */
  public long sequence() {
    return sequence;
  }

  /** Where the last record that was read ends. */
  public long offset() {
    return offset;
  }

  /** Bytes behind the last record that was read. */
  public long rest() {
    return size - offset;
  }

  /** The next record; empty at the end of the acknowledged records. */
  public Optional<Entry> next() throws IOException {
    Optional<byte[]> bytes = frameAt(offset);
    if (bytes.isEmpty()) {
      refuseDamage();
      return Optional.empty();
    }
    Frame frame = Frame.parse(bytes.get());
    if (frame.sequence() != sequence + 1 || frame.epoch() < Math.max(1, epoch)) {
      throw new JournalDamagedException(
          FILE,
          offset,
          "expected record %d of epoch %d or later, found record %d of epoch %d"
              .formatted(sequence + 1, Math.max(1, epoch), frame.sequence(), frame.epoch()));
    }
    JournalRecord record;
    try {
      record = frame.record();
    } catch (IllegalArgumentException e) {
      throw new JournalDamagedException(FILE, offset, "a record says " + e.getMessage());
    }
    offset += frame.size();
    epoch = frame.epoch();
    sequence = frame.sequence();
    return Optional.of(new Entry(epoch, sequence, record));
  }

  private void checkMagic() throws IOException {
    byte[] start = disk.read(FILE, 0, (int) Math.min(size, MAGIC.length));
    if (!Arrays.equals(start, MAGIC)) {
      throw new JournalDamagedException(
          FILE,
          0,
          "it does not begin as a journal of format 1 does. Maybe a newer version wrote it");
    }
  }

  /** The bytes of an intact frame, empty if there is none at this place. */
  private Optional<byte[]> frameAt(long place) throws IOException {
    if (size - place < Frame.OVERHEAD) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(disk.read(FILE, place, Frame.HEADER));
    int length = Frame.payloadLength(header);
    if (length < 0 || length > size - place - Frame.OVERHEAD || Frame.sequence(header) < 0) {
      return Optional.empty();
    }
    byte[] frame = disk.read(FILE, place, Frame.OVERHEAD + length);
    return Frame.intact(frame) ? Optional.of(frame) : Optional.empty();
  }

  private void refuseDamage() throws IOException {
    for (long place = offset + 1; place < size; place++) {
      if (frameAt(place).isPresent()) {
        throw new JournalDamagedException(
            FILE,
            offset,
            "no record can be read there, but a whole one follows at byte %d".formatted(place));
      }
    }
  }
}
