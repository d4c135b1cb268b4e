package dev.espalier.search.cost;

/** What can be counted of a network, per image unless said otherwise. */
public enum Metric {
  /** Multiply-accumulate operations of convolutions and linear layers. */
  MACS("macs"),
  /** Learned values: weights, biases, and scale and shift of batch norm. */
  PARAMETERS("parameters"),
  /** Bytes of the parameters as 32-bit floats. */
  WEIGHT_BYTES("weightBytes"),
  /** Largest number of bytes of 32-bit activations alive at once, for a whole batch. */
  ACTIVATION_BYTES("activationBytes");

  private final String key;

  Metric(String key) {
    this.key = key;
  }

  /** Its name in job files and reports. */
  public String key() {
    return key;
  }
}
