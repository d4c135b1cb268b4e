package dev.espalier.pruningnet.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.espalier.search.network.Network;

/** What every ONNX model of ours begins with. */
final class OnnxModel {

  /** Version of the operators; the oldest that has all of them as they are written here. */
  private static final int OPERATORS = 13;

  /** Version of the format that goes with it. */
  private static final int FORMAT = 7;

  private static final String PRODUCER = "espalier";

  private OnnxModel() {}

  /** The model of a graph, without metadata. */
  static ModelProto.Builder of(GraphProto graph) {
    return ModelProto.newBuilder()
        .setIrVersion(FORMAT)
        .setProducerName(PRODUCER)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
        .setGraph(graph);
  }

  /** A network with weights that mean nothing, to see how fast it is. */
  static byte[] untrained(Network network) {
    return of(OnnxGraph.of(network, new AnyValues(network))).build().toByteArray();
  }
}
