package dev.espalier.search.journal.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the primitives of {@link RecordCodec}. Every length is checked against the bytes that are
 * left before memory is taken for it; each refusal is an {@link IllegalArgumentException}.
 */
final class PayloadReader {

  private final ByteBuffer bytes;

  PayloadReader(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  byte octet() {
    if (!bytes.hasRemaining()) {
      throw new IllegalArgumentException("the record ends in the middle of a value");
    }
    return bytes.get();
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte next = octet();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is longer than 63 bits");
  }

  int smallNumber() {
    long value = number();
    if (value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("expected at most 31 bits, found the number " + value);
    }
    return (int) value;
  }

  /** How many things of at least one byte each follow. */
  int count() {
    int count = smallNumber();
    if (count > bytes.remaining()) {
      throw new IllegalArgumentException(
          "%d values are announced, but only %d bytes are left"
              .formatted(count, bytes.remaining()));
    }
    return count;
  }

  String text() {
    byte[] utf8 = new byte[count()];
    bytes.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  void end() {
    if (bytes.hasRemaining()) {
      throw new IllegalArgumentException(
          "%d bytes follow the last value".formatted(bytes.remaining()));
    }
  }
}
