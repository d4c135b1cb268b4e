package dev.espalier.search.cost;

/**
 * What one network costs.
 *
 * @param macs multiply-accumulate operations for one image
 * @param parameters learned values
 * @param weightBytes 4 x parameters
 * @param activationBytes peak bytes of activations alive at once, for the batch size of the {@link
 *     CostModel}
 */
public record Costs(long macs, long parameters, long weightBytes, long activationBytes) {

  private static final int FLOAT_BYTES = 4;

  /**
   * Costs counted in values, each of them a 32-bit float.
   *
   * @param activations largest number of activations alive at once, for the whole batch
   */
  static Costs of(long macs, long parameters, long activations) {
    return new Costs(macs, parameters, FLOAT_BYTES * parameters, FLOAT_BYTES * activations);
  }

  /** The value of one metric. */
  public long of(Metric metric) {
    return switch (metric) {
      case MACS -> macs;
      case PARAMETERS -> parameters;
      case WEIGHT_BYTES -> weightBytes;
      case ACTIVATION_BYTES -> activationBytes;
    };
  }
}
