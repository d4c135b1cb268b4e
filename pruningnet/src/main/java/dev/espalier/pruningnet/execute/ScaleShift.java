package dev.espalier.pruningnet.execute;

import org.jspecify.annotations.Nullable;

/**
 * Batch norm with known statistics as y = s x + t for each channel: s = scale / sqrt(variance +
 * epsilon), t = shift - mean s. Its arrays are not copied.
 *
 * @param scale s, one value per channel
 * @param shift t, one value per channel
 */
public record ScaleShift(double[] scale, double[] shift) {

  /**
   * Of one layer.
   *
   * @param learned scale and shift, or null for 1 and 0
   */
  public static ScaleShift of(Moments moments, @Nullable LayerWeights learned) {
    float @Nullable [] scale = learned == null ? null : learned.weight().toFloatArray();
    float @Nullable [] shift =
        learned == null || learned.bias() == null ? null : learned.bias().toFloatArray();
    float[] mean = moments.mean();
    float[] variance = moments.variance();
    double[] s = new double[mean.length];
    double[] t = new double[mean.length];
    for (int i = 0; i < s.length; i++) {
      s[i] =
          (scale == null ? 1 : scale[i]) / Math.sqrt(variance[i] + (double) Normalization.EPSILON);
      t[i] = (shift == null ? 0 : shift[i]) - mean[i] * s[i];
    }
    return new ScaleShift(s, t);
  }
}
