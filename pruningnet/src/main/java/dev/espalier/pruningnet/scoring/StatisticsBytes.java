package dev.espalier.pruningnet.scoring;

import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Statistics;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Statistics as bytes, for the cache: version, number of layers, then for each layer in the order
 * of the network its node, its channels, its means and its variances; big endian. The same
 * statistics are always the same bytes.
 */
public final class StatisticsBytes {

  private static final int VERSION = 1;
  private static final int MOST_CHANNELS = 1 << 24;

  private StatisticsBytes() {}

  /** Writes statistics. */
  public static byte[] of(Statistics statistics) {
    int channels = statistics.layers().values().stream().mapToInt(Moments::channels).sum();
    int layers = statistics.layers().size();
    ByteBuffer bytes =
        ByteBuffer.allocate((2 + 2 * layers) * Integer.BYTES + 2 * channels * Float.BYTES);
    bytes.putInt(VERSION).putInt(layers);
    statistics
        .ordered()
        .forEach(
            (node, moments) -> {
              bytes.putInt(node).putInt(moments.channels());
              put(bytes, moments.mean());
              put(bytes, moments.variance());
            });
    return bytes.array();
  }

  /** Reads them back; empty if the bytes are not statistics. */
  public static Optional<Statistics> parse(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    Map<Integer, Moments> layers = new HashMap<>();
    try {
      if (bytes.getInt() != VERSION) {
        return Optional.empty();
      }
      int count = bytes.getInt();
      for (int i = 0; i < count; i++) {
        int node = bytes.getInt();
        int channels = bytes.getInt();
        if (channels < 1 || channels > MOST_CHANNELS || bytes.remaining() / 8 < channels) {
          return Optional.empty();
        }
        layers.put(node, new Moments(take(bytes, channels), take(bytes, channels)));
      }
      return bytes.hasRemaining() || layers.size() != count
          ? Optional.empty()
          : Optional.of(new Statistics(layers));
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static void put(ByteBuffer bytes, float[] values) {
    bytes.asFloatBuffer().put(values);
    bytes.position(bytes.position() + values.length * Float.BYTES);
  }

  private static float[] take(ByteBuffer bytes, int count) {
    float[] values = new float[count];
    bytes.asFloatBuffer().get(values);
    bytes.position(bytes.position() + count * Float.BYTES);
    return values;
  }
}
