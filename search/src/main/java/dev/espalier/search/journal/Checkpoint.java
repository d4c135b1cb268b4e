package dev.espalier.search.journal;

import dev.espalier.search.journal.format.JournalDamagedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The state of a search after some records of its journal. As a file, big-endian: the letters ESPC,
 * version (4 bytes), sequence (8), length of the state (8), the state, CRC32C of all bytes before
 * it (4).
 */
public final class Checkpoint {

  private static final byte[] MAGIC =
      ByteBuffer.allocate(8).put("ESPC".getBytes(StandardCharsets.US_ASCII)).putInt(1).array();

  private static final int OVERHEAD = MAGIC.length + 8 + 8 + 4;

  private final long sequence;
  private final byte[] state;

  /**
   * A checkpoint.
   *
   * @param sequence the last record of the journal that the state knows
   * @param state the encoded state, which is not copied
   */
  public Checkpoint(long sequence, byte[] state) {
    this.sequence = sequence;
    this.state = state;
  }

  /** The last record of the journal that the state knows. */
  public long sequence() {
    return sequence;
  }

  /** The encoded state, which is not copied. */
  public byte[] state() {
    return state;
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(OVERHEAD + state.length);
    bytes.put(MAGIC).putLong(sequence).putLong(state.length).put(state);
    return bytes.putInt(crc(bytes.array())).array();
  }

  /** Reads a whole file. */
  static Checkpoint parse(String file, byte[] content) throws JournalDamagedException {
    if (content.length < OVERHEAD || !Arrays.equals(MAGIC, Arrays.copyOf(content, MAGIC.length))) {
      throw new JournalDamagedException(
          file, 0, "it does not begin as a checkpoint of format 1 does");
    }
    ByteBuffer bytes = ByteBuffer.wrap(content);
    long sequence = bytes.getLong(MAGIC.length);
    long length = bytes.getLong(MAGIC.length + 8);
    if (length != content.length - OVERHEAD) {
      throw new JournalDamagedException(
          file,
          MAGIC.length + 8L,
          "%d bytes of state are announced, but it has %d"
              .formatted(length, content.length - OVERHEAD));
    }
    if (bytes.getInt(content.length - 4) != crc(content)) {
      throw new JournalDamagedException(file, 0, "its checksum is wrong");
    }
    return new Checkpoint(
        sequence, Arrays.copyOfRange(content, MAGIC.length + 16, content.length - 4));
  }

  private static int crc(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, content.length - 4);
    return (int) crc.getValue();
  }
}
