package dev.espalier.search.journal.format;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A journal record as bytes. Layout, big-endian:
 *
 * <pre>
 * offset  bytes  field
 *      0      4  length n of the payload
 *      4      1  type of the record
 *      5      8  epoch: which owner of the journal wrote it, from 1
 *     13      8  sequence: number of the record in the journal, from 0, without gaps
 *     21      n  payload, see {@link RecordCodec}
 *   21+n      4  CRC32C of all bytes before it
 * </pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Frame {

  private static final int HEADER = 21;

  /** Bytes of a frame besides its payload. */
  static final int OVERHEAD = HEADER + 4;

  private final byte type;
  private final long epoch;
  private final long sequence;
  private final byte[] payload;

  private Frame(byte type, long epoch, long sequence, byte[] payload) {
    this.type = type;
    this.epoch = epoch;
    this.sequence = sequence;
    this.payload = payload;
  }

  /** The frame of a record. */
  public static Frame of(JournalRecord record, long epoch, long sequence) {
    return new Frame(RecordCodec.type(record), epoch, sequence, RecordCodec.encode(record));
  }

  /** The intact frame that begins at a place, if there is one. */
  static Optional<Frame> at(byte[] bytes, int place) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(place);
    if (in.remaining() < OVERHEAD) {
      return Optional.empty();
    }
    int length = in.getInt();
    if (length < 0 || length > bytes.length - place - OVERHEAD) {
      return Optional.empty();
    }
    int end = place + HEADER + length;
    if (in.getInt(end) != crc(bytes, place, end)) {
      return Optional.empty();
    }
    Frame frame = new Frame(in.get(), in.getLong(), in.getLong(), new byte[length]);
    in.get(frame.payload);
    return Optional.of(frame);
  }

  /** Whether a header could be here, judged without looking at what it announces. */
  static boolean plausible(byte[] bytes, int place) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(place);
    int length = in.getInt();
    return length >= 0
        && length <= bytes.length - place - OVERHEAD
        && RecordCodec.isType(in.get())
        && in.getLong() >>> 40 == 0
        && in.getLong() >>> 56 == 0;
  }

  /** Which owner of the journal wrote it. */
  public long epoch() {
    return epoch;
  }

  /** Number of the record. */
  public long sequence() {
    return sequence;
  }

  /** The record in the payload; an {@link IllegalArgumentException} says what is wrong with it. */
  public JournalRecord record() {
    return RecordCodec.decode(type, payload);
  }

  /** Bytes on disk. */
  public int size() {
    return OVERHEAD + payload.length;
  }

  /** The frame as it is on disk. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(size());
    bytes.putInt(payload.length).put(type).putLong(epoch).putLong(sequence).put(payload);
    return bytes.putInt(crc(bytes.array(), 0, HEADER + payload.length)).array();
  }

  private static int crc(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }
}
