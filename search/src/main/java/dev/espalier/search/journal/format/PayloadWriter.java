package dev.espalier.search.journal.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the primitives of {@link RecordCodec}. */
final class PayloadWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void octet(byte value) {
    bytes.write(value);
  }

  /** Unsigned LEB128: seven bits a byte, lowest first, the high bit set on all but the last. */
  void number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("journal: cannot write the negative number " + value);
    }
    long rest = value;
    while (rest >= 0x80) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    bytes.writeBytes(utf8);
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
