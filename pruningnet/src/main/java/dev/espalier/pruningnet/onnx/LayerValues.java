package dev.espalier.pruningnet.onnx;

import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.search.network.Node;
import org.jspecify.annotations.Nullable;

/** The numbers that the layers of a network have learned, as its ONNX graph holds them. */
interface LayerValues {

  /** Those of a convolution, a linear layer, or a batch norm with scale and shift. */
  Learned learned(Node node);

  /** The statistics of a batch norm. */
  Moments moments(Node node);

  /**
   * What one layer has learned.
   *
   * @param weight of the layer; the scale of a batch norm
   * @param bias one value for each output channel; the shift of a batch norm; or null
   */
  record Learned(Values weight, @Nullable Values bias) {}

  /**
   * A constant.
   *
   * @param numbers the last dimension fastest
   * @param dimensions whose product is their number
   */
  record Values(float[] numbers, long... dimensions) {}
}
