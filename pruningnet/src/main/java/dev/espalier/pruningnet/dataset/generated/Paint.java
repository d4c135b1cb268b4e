package dev.espalier.pruningnet.dataset.generated;

import java.util.random.RandomGenerator;

/** Two colours mixed by a pattern of straight waves, so that no sine is needed. Immutable. */
final class Paint {

  private enum Pattern {
    PLAIN,
    WAVES,
    STRIPES,
    CHECKS
  }

  private final double[] first;
  private final double[] second;
  private final Pattern pattern;
  private final double waveX;
  private final double waveY;
  private final double phase;

  private Paint(double[] colour, double spread, RandomGenerator random) {
    double angle = 2 * StrictMath.PI * random.nextDouble();
    double perPixel = between(random, 0.06, 0.3);
    this.first = near(colour, spread, random);
    this.second = near(colour, spread, random);
    this.pattern = Pattern.values()[random.nextInt(Pattern.values().length)];
    this.waveX = perPixel * StrictMath.cos(angle);
    this.waveY = perPixel * StrictMath.sin(angle);
    this.phase = random.nextDouble();
  }

  /**
   * Two random colours near one, in a random pattern.
   *
   * @param colour red, green and blue of 0..1
   * @param spread the most by which a channel differs from it
   */
  static Paint around(double[] colour, double spread, RandomGenerator random) {
    return new Paint(colour, spread, random);
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

  /** A random number in a range. */
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
