package dev.espalier.pruningnet.dataset.generated;

import java.util.random.RandomGenerator;

/** A colour image that is painted on in layers, in double precision. Not thread-safe. */
final class Canvas {

  private static final int CHANNELS = 3;

  /** How far a pixel's centre is outside of what is painted, in pixels; negative inside. */
  @FunctionalInterface
  interface Region {
    double distance(double x, double y);
  }

  private final int side;
  private final double[] values;

  Canvas(int side) {
    this.side = side;
    this.values = new double[CHANNELS * side * side];
  }

  /** Paints a region; pixels on its border are mixed by the share of them that it covers. */
  void paint(Region region, Paint paint) {
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double cover = Math.min(1, 0.5 - region.distance(x + 0.5, y + 0.5));
        if (cover > 0) {
          for (int channel = 0; channel < CHANNELS; channel++) {
            int at = (channel * side + y) * side + x;
            values[at] += cover * (paint.value(channel, x, y) - values[at]);
          }
        }
      }
    }
  }

  /**
   * The image's bytes, channels x height x width, after a change of light and with noise.
   *
   * @param light factor of every value
   * @param noise standard deviation, of values of 0..1
   */
  byte[] expose(double light, double noise, RandomGenerator random) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      double value = values[i] * light + noise * bell(random);
      bytes[i] = (byte) (int) (Math.min(1, Math.max(0, value)) * 255 + 0.5);
    }
    return bytes;
  }

  /** Nearly normal with variance 1: a sum of uniform numbers, which is exact on every machine. */
  private static double bell(RandomGenerator random) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += random.nextDouble();
    }
    return 2 * sum - 3;
  }
}
