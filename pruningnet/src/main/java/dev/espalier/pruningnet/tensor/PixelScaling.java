package dev.espalier.pruningnet.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.espalier.search.network.Shape;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Turns images of bytes into the tensors that networks read: (value / 255 - mean) / deviation, per
 * channel. Immutable and thread-safe.
 */
public final class PixelScaling {

  private static final int VALUES = 256;

  private final float[][] scaled;

  private PixelScaling(float[][] scaled) {
    this.scaled = scaled;
  }

  /**
   * The scaling of a data set.
   *
   * @param mean of each channel, of values scaled to 0..1
   * @param deviation standard deviation of each channel, above 0
   */
  public static PixelScaling of(List<Double> mean, List<Double> deviation) {
    float[][] scaled = new float[mean.size()][VALUES];
    for (int channel = 0; channel < scaled.length; channel++) {
      for (int value = 0; value < VALUES; value++) {
        scaled[channel][value] =
            (float) ((value / 255.0 - mean.get(channel)) / deviation.get(channel));
      }
    }
    return new PixelScaling(scaled);
  }

  /**
   * A batch as a tensor.
   *
   * @param images bytes, batch x channels x height x width; more than the batch may be there
   * @param count images in the batch
   * @param shape of one image
   * @param format order of the tensor's memory; its axes are always batch x channels x height x
   *     width
   * @param scope owns the tensor
   */
  public NDArray tensor(
      byte[] images, int count, Shape shape, MemoryFormat format, NDManager scope) {
    check(shape);
    int channels = shape.channels();
    int positions = shape.positions();
    // Written straight into the engine's memory: a buffer of the JVM would wait for its garbage
    // collector, which runs rarely where the large things are native.
    return switch (format) {
      case CHANNELS_FIRST -> {
        NDArray first = empty(scope, count, channels, shape.height(), shape.width());
        write(images, count, shape, memory(first), positions, 1);
        yield first;
      }
      case CHANNELS_LAST -> {
        try (NDArray last = empty(scope, count, shape.height(), shape.width(), channels)) {
          write(images, count, shape, memory(last), 1, channels);
          yield last.transpose(0, 3, 1, 2);
        }
      }
    };
  }

  /**
   * A batch as plain numbers, batch x channels x height x width.
   *
   * @param images bytes, batch x channels x height x width; more than the batch may be there
   * @param count images in the batch
   * @param shape of one image
   */
  public float[] values(byte[] images, int count, Shape shape) {
    check(shape);
    float[] values = new float[Math.toIntExact(count * shape.elements())];
    write(images, count, shape, FloatBuffer.wrap(values), shape.positions(), 1);
    return values;
  }

  private void check(Shape shape) {
    if (shape.channels() != scaled.length) {
      throw new IllegalArgumentException(
          "images of %s, but a scaling of %d channels".formatted(shape, scaled.length));
    }
  }

  private static NDArray empty(NDManager scope, long... shape) {
    return scope.create(new ai.djl.ndarray.types.Shape(shape), DataType.FLOAT32);
  }

  private static FloatBuffer memory(NDArray array) {
    return array.toByteBuffer(true).asFloatBuffer();
  }

  private void write(
      byte[] images,
      int count,
      Shape shape,
      FloatBuffer target,
      int channelStride,
      int positionStride) {
    int positions = shape.positions();
    int read = 0;
    for (int image = 0; image < count; image++) {
      int start = read;
      for (int channel = 0; channel < scaled.length; channel++) {
        float[] table = scaled[channel];
        int write = start + channel * channelStride;
        for (int position = 0; position < positions; position++) {
          target.put(write, table[images[read++] & 0xff]);
          write += positionStride;
        }
      }
    }
  }
}
