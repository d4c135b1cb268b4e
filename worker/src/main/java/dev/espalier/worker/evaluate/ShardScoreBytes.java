package dev.espalier.worker.evaluate;

import dev.espalier.pruningnet.scoring.ShardScore;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A score as bytes, for the cache: images classified correctly, images, images without a number as
 * score; 8 bytes each, big endian.
 */
final class ShardScoreBytes {

  private static final int LENGTH = 3 * Long.BYTES;

  private ShardScoreBytes() {}

  static byte[] of(ShardScore score) {
    return ByteBuffer.allocate(LENGTH)
        .putLong(score.correct())
        .putLong(score.images())
        .putLong(score.notFinite())
        .array();
  }

  /** Reads a score back; empty if the bytes are not one. */
  static Optional<ShardScore> parse(byte[] content) {
    if (content.length != LENGTH) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(content);
    try {
      return Optional.of(new ShardScore(bytes.getLong(), bytes.getLong(), bytes.getLong()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
