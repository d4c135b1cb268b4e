package dev.espalier.worker.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One entry of a {@link ScoreLog}: length of the key, length of the value, key, value, CRC32C of
 * all that. Numbers have 4 bytes, big endian.
 *
 * @param key the content key
 * @param value its value
 */
@SuppressWarnings("ArrayRecordComponent") // records are written and read, never compared
record ScoreRecord(String key, byte[] value) {

  private static final int HEADER = 2 * Integer.BYTES;
  private static final int LONGEST_KEY = 1 << 10;
  private static final int LONGEST_VALUE = 1 << 26;

  /** The record as it stands in the file. */
  ByteBuffer toBytes() {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer record =
        ByteBuffer.allocate(HEADER + keyBytes.length + value.length + Integer.BYTES);
    record.putInt(keyBytes.length).putInt(value.length).put(keyBytes).put(value);
    return record.putInt(crc(record.array(), record.position())).flip();
  }

  /** Bytes it takes in the file. */
  long length() {
    return HEADER + key.getBytes(StandardCharsets.UTF_8).length + (long) value.length + 4;
  }

  /** The record at a place of a file; empty if it is torn or damaged. */
  static Optional<ScoreRecord> read(FileChannel file, long position) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (!fill(file, position, header)) {
      return Optional.empty();
    }
    int keyLength = header.getInt(0);
    int valueLength = header.getInt(Integer.BYTES);
    if (keyLength < 1
        || keyLength > LONGEST_KEY
        || valueLength < 0
        || valueLength > LONGEST_VALUE
        || file.size() < position + HEADER + keyLength + valueLength + Integer.BYTES) {
      return Optional.empty();
    }
    byte[] record = new byte[HEADER + keyLength + valueLength + Integer.BYTES];
    ByteBuffer whole = ByteBuffer.wrap(record);
    if (!fill(file, position, whole)) {
      return Optional.empty();
    }
    int body = record.length - Integer.BYTES;
    if (whole.getInt(body) != crc(record, body)) {
      return Optional.empty();
    }
    byte[] value = new byte[valueLength];
    whole.get(HEADER + keyLength, value);
    return Optional.of(
        new ScoreRecord(new String(record, HEADER, keyLength, StandardCharsets.UTF_8), value));
  }

  private static boolean fill(FileChannel file, long position, ByteBuffer buffer)
      throws IOException {
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
