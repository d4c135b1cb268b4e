package dev.espalier.pruningnet.execute;

import java.util.Arrays;

/**
 * Mean and variance of each channel that a batch-norm layer reads. Immutable.
 *
 * @param mean one value per channel
 * @param variance one value per channel, divided by the number of values (not by one less)
 */
public record Moments(float[] mean, float[] variance) {

  /** Refuses lists of different lengths; copies both. */
  public Moments {
    if (mean.length != variance.length) {
      throw new IllegalArgumentException(
          "moments: %d means, but %d variances".formatted(mean.length, variance.length));
    }
    mean = mean.clone();
    variance = variance.clone();
  }

  @Override
  public float[] mean() {
    return mean.clone();
  }

  @Override
  public float[] variance() {
    return variance.clone();
  }

  /** Number of channels. */
  public int channels() {
    return mean.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Moments moments
        && Arrays.equals(mean, moments.mean)
        && Arrays.equals(variance, moments.variance);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(variance);
  }

  @Override
  public String toString() {
    return "Moments[mean=%s, variance=%s]"
        .formatted(Arrays.toString(mean), Arrays.toString(variance));
  }
}
