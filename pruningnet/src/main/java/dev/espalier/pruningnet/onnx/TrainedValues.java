package dev.espalier.pruningnet.onnx;

import ai.djl.ndarray.NDArray;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.search.network.Node;

/** The numbers of a network that has learned. */
record TrainedValues(TrainedNetwork trained) implements LayerValues {

  @Override
  public Learned learned(Node node) {
    LayerWeights layer = trained.weights().of(node);
    return new Learned(values(layer.weight()), layer.bias() == null ? null : values(layer.bias()));
  }

  @Override
  public Moments moments(Node node) {
    return trained.statistics().of(node);
  }

  private static Values values(NDArray array) {
    return new Values(array.toFloatArray(), array.getShape().getShape());
  }
}
