package dev.espalier.worker.scorer;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The score of one shard of images.
 *
 * @param correct images classified correctly
 * @param images images of the shard, at least 1
 */
public record ShardScore(long correct, long images) {

  /** Refuses counts that cannot be. */
  public ShardScore {
    if (!possible(correct, images)) {
      throw new IllegalArgumentException(
          "shard: %d correct of %d images is impossible".formatted(correct, images));
    }
  }

  /** Reads the form of {@link #toBytes} back; empty if the bytes are not a score. */
  public static Optional<ShardScore> from(byte[] bytes) {
    if (bytes.length != 2 * Long.BYTES) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long correct = buffer.getLong();
    long images = buffer.getLong();
    return possible(correct, images)
        ? Optional.of(new ShardScore(correct, images))
        : Optional.empty();
  }

  /** Both counts, 8 bytes each, big endian. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(correct).putLong(images).array();
  }

  private static boolean possible(long correct, long images) {
    return images >= 1 && correct >= 0 && correct <= images;
  }
}
