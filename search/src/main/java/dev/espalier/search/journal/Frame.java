package dev.espalier.search.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A journal record as bytes. Layout, big-endian:
 *
 * <pre>
 * offset  bytes  field
 *      0      4  length n of the payload
 *      4      1  type of the record
 *      5      8  epoch: which opening of the journal wrote it, from 1
 *     13      8  sequence: number of the record in the journal, from 0, without gaps
 *     21      n  payload, see {@link RecordCodec}
 *   21+n      4  CRC32C of all bytes before it
 * </pre>
 */
final class Frame {

  static final int HEADER = 21;
  static final int OVERHEAD = HEADER + 4;

  private final byte type;
  private final long epoch;
  private final long sequence;
  private final byte[] payload;

  Frame(byte type, long epoch, long sequence, byte[] payload) {
    this.type = type;
    this.epoch = epoch;
    this.sequence = sequence;
    this.payload = payload;
  }

  long epoch() {
    return epoch;
  }

  long sequence() {
    return sequence;
  }

  /** The record in the payload; an {@link IllegalArgumentException} says what is wrong with it. */
  JournalRecord record() {
    return RecordCodec.decode(type, payload);
  }

  /** Bytes on disk. */
  int size() {
    return OVERHEAD + payload.length;
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(size());
    bytes.putInt(payload.length).put(type).putLong(epoch).putLong(sequence).put(payload);
    return bytes.putInt(crc(bytes.array(), HEADER + payload.length)).array();
  }

  /** The length of the payload that a header announces. */
  static int payloadLength(ByteBuffer header) {
    return header.getInt(0);
  }

  /** The sequence in a header. */
  static long sequence(ByteBuffer header) {
    return header.getLong(13);
  }

  /** Whether the CRC at the end of a whole frame is that of the bytes before it. */
  static boolean intact(byte[] frame) {
    int end = frame.length - 4;
    return ByteBuffer.wrap(frame).getInt(end) == crc(frame, end);
  }

  /** Reads an intact frame. */
  static Frame parse(byte[] frame) {
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    byte[] payload = new byte[bytes.getInt()];
    byte type = bytes.get();
    long epoch = bytes.getLong();
    long sequence = bytes.getLong();
    bytes.get(payload);
    return new Frame(type, epoch, sequence, payload);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
