package dev.espalier.pruningnet.dataset;

import dev.espalier.search.network.Shape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The SHA-256 of a data set's content: shape, images, labels, partitions, class names, in this
 * order. The name and the provenance take no part. Not thread-safe.
 */
final class ContentDigest {

  private final MessageDigest sha;

  ContentDigest(Shape shape) {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    sha.update("espalier data set, content 1\n".getBytes(StandardCharsets.US_ASCII));
    ints(shape.channels(), shape.height(), shape.width());
  }

  /** Adds images, all of them in the file's order, in pieces of any length. */
  void images(ByteBuffer bytes) {
    sha.update(bytes);
  }

  /** Adds what follows the images and gives the digest as 64 hexadecimal digits. */
  String finish(ByteBuffer labels, int pool, int test, List<String> classes) {
    sha.update(labels);
    ints(pool, test, classes.size());
    for (String name : classes) {
      byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
      ints(utf8.length);
      sha.update(utf8);
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private void ints(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Integer.BYTES);
    for (int value : values) {
      buffer.putInt(value);
    }
    sha.update(buffer.flip());
  }
}
