package dev.espalier.pruningnet.dataset.generated;

import java.util.random.RandomGenerator;

/**
 * Two colours mixed by a pattern of straight waves, so that no sine is needed.
 *
 * @param first red, green and blue of 0..1 where the pattern is 0
 * @param second the same where it is 1
 */
record Paint(
    double[] first, double[] second, Pattern pattern, double waveX, double waveY, double phase) {

  private enum Pattern {
    PLAIN,
    WAVES,
    STRIPES,
    CHECKS
  }

  /** Random colours around one and a random pattern, so strong that it never hides the colour. */
  static Paint around(double[] colour, double spread, RandomGenerator random) {
    Pattern[] patterns = Pattern.values();
    double angle = 2 * StrictMath.PI * random.nextDouble();
    double perPixel = between(random, 0.06, 0.3);
    return new Paint(
        near(colour, spread, random),
        near(colour, spread, random),
        patterns[random.nextInt(patterns.length)],
        perPixel * StrictMath.cos(angle),
        perPixel * StrictMath.sin(angle),
        random.nextDouble());
  }

  /** One channel's value at a pixel. */
  double value(int channel, double x, double y) {
    double share = share(x, y);
    return first[channel] + share * (second[channel] - first[channel]);
  }

  private double share(double x, double y) {
    double along = wave(x * waveX + y * waveY + phase);
    return switch (pattern) {
      case PLAIN -> 0;
      case WAVES -> along;
      case STRIPES -> edge(along);
      case CHECKS ->
          edge(wave(x * waveY - y * waveX + phase)) < 0.5 ? edge(along) : 1 - edge(along);
    };
  }

  /** A triangle wave of period 1 between 0 and 1. */
  private static double wave(double t) {
    return Math.abs(2 * (t - Math.floor(t)) - 1);
  }

  private static double edge(double wave) {
    return Math.min(1, Math.max(0, (wave - 0.5) * 4 + 0.5));
  }

  static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static double[] near(double[] colour, double spread, RandomGenerator random) {
    double[] near = new double[colour.length];
    for (int i = 0; i < near.length; i++) {
      near[i] = Math.min(1, Math.max(0, colour[i] + between(random, -spread, spread)));
    }
    return near;
  }
}
