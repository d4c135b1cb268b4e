package dev.espalier.pruningnet.tensor;

/**
 * The order in which a batch of feature maps lies in memory. Layers keep the order of what they
 * read. Results differ in rounding only; speed differs by network, batch and machine.
 */
public enum MemoryFormat {
  /** Batch x channels x height x width. */
  CHANNELS_FIRST,
  /** Batch x height x width x channels. */
  CHANNELS_LAST
}
