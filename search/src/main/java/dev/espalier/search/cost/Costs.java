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
