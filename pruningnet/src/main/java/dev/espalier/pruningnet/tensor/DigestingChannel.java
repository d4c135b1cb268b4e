package dev.espalier.pruningnet.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads or writes whole buffers and keeps the SHA-256 of all that went through. */
final class DigestingChannel {

  private static final int PIECE = 1 << 20;

  private final Transfer transfer;
  private final MessageDigest sha = sha256();

  /** Moves some bytes of a buffer; negative at the end. */
  private interface Transfer {
    int move(ByteBuffer buffer) throws IOException;
  }

  private DigestingChannel(Transfer transfer) {
    this.transfer = transfer;
  }

  static DigestingChannel reading(ReadableByteChannel channel) {
    return new DigestingChannel(channel::read);
  }

  static DigestingChannel writing(WritableByteChannel channel) {
    return new DigestingChannel(channel::write);
  }

  /** Writes all that remains of a buffer. */
  void write(ByteBuffer buffer) throws IOException {
    sha.update(buffer.duplicate());
    moveAll(buffer);
  }

  /** Fills a buffer; an {@link EOFException} if the channel ends before. */
  void read(ByteBuffer buffer) throws IOException {
    int start = buffer.position();
    moveAll(buffer);
    sha.update(buffer.duplicate().flip().position(start));
  }

  /** The digest so far, which starts anew. */
  ByteBuffer digest() {
    return ByteBuffer.wrap(sha.digest());
  }

  static String hex(ByteBuffer digest) {
    return HexFormat.of().formatHex(digest.array());
  }

  private void moveAll(ByteBuffer buffer) throws IOException {
    int end = buffer.limit();
    while (buffer.position() < end) {
      // In pieces: a channel may copy a buffer as a whole before it moves the first byte.
      buffer.limit(Math.min(end, buffer.position() + PIECE));
      if (transfer.move(buffer) < 0) {
        throw new EOFException();
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
