package dev.espalier.pruningnet.onnx.profile;

/**
 * How thoroughly something is timed.
 *
 * @param measurements that count, at least 2; each is the median of some runs
 * @param runs of each measurement
 */
public record Effort(int measurements, int runs) {

  /** Two seconds for most networks of the zoo, for each of their kernels a blink. */
  public static final Effort USUAL = new Effort(10, 9);
}
