package dev.espalier.search.cost;

/**
 * What one network costs.
 *
 * @param macs multiply-accumulate operations for one image
 * @param parameters learned values
 * @param weightBytes 4 x parameters
 * @param activationBytes peak bytes of activations alive at once, for the batch size of the {@link
 *     CostModel}
 * @param nonZeroMacs those of {@code macs} with a weight that is kept
 * @param compressedBytes bytes of all learned values, the weights of each layer in the smallest of
 *     three formats: all of them; those kept, with a bit for each weight; those kept, with a 32-bit
 *     position for each
 * @param latency nanoseconds of one call on the job's device; 0 where there is no latency table
 * @param energy of one image there, in the unit of its coefficients; 0 where there are none
 */
public record Costs(
    long macs,
    long parameters,
    long weightBytes,
    long activationBytes,
    long nonZeroMacs,
    long compressedBytes,
    long latency,
    long energy) {

  private static final int FLOAT_BYTES = 4;
  private static final int POSITION_BYTES = 4;

  /** Costs of a network that keeps all its weights. */
  public Costs(long macs, long parameters, long weightBytes, long activationBytes) {
    this(macs, parameters, weightBytes, activationBytes, macs, weightBytes, 0, 0);
  }

  /**
   * Costs counted in values, each of them a 32-bit float.
   *
   * @param activations largest number of activations alive at once, for the whole batch
   */
  static Costs of(long macs, long parameters, long activations) {
    return new Costs(macs, parameters, FLOAT_BYTES * parameters, FLOAT_BYTES * activations);
  }

  /**
   * The same network with fewer weights.
   *
   * @param dropped multiply-accumulate operations without a weight
   * @param saved bytes that the formats of its layers save
   */
  Costs less(long dropped, long saved) {
    return new Costs(
        macs,
        parameters,
        weightBytes,
        activationBytes,
        nonZeroMacs - dropped,
        compressedBytes - saved,
        latency,
        energy);
  }

  /** The same on a device that takes so many nanoseconds. */
  public Costs withLatency(long nanoseconds) {
    return new Costs(
        macs,
        parameters,
        weightBytes,
        activationBytes,
        nonZeroMacs,
        compressedBytes,
        nanoseconds,
        energy);
  }

  /** The same on a device that takes so much energy. */
  public Costs withEnergy(long amount) {
    return new Costs(
        macs,
        parameters,
        weightBytes,
        activationBytes,
        nonZeroMacs,
        compressedBytes,
        latency,
        amount);
  }

  /**
   * Bytes that the best format of a layer saves.
   *
   * @param weights of the layer
   * @param kept how many of them are kept
   */
  static long saved(long weights, long kept) {
    long dense = FLOAT_BYTES * weights;
    long bits = FLOAT_BYTES * kept + (weights + Byte.SIZE - 1) / Byte.SIZE;
    long positions = (FLOAT_BYTES + POSITION_BYTES) * kept;
    return dense - Math.min(dense, Math.min(bits, positions));
  }

  /** The value of one metric. */
  public long of(Metric metric) {
    return switch (metric) {
      case MACS -> macs;
      case PARAMETERS -> parameters;
      case WEIGHT_BYTES -> weightBytes;
      case ACTIVATION_BYTES -> activationBytes;
      case NON_ZERO_MACS -> nonZeroMacs;
      case COMPRESSED_BYTES -> compressedBytes;
      case LATENCY -> latency;
      case ENERGY -> energy;
    };
  }
}
