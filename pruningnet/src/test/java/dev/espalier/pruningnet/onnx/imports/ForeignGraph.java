package dev.espalier.pruningnet.onnx.imports;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Graphs as other exporters write them. */
record ForeignGraph(GraphProto.Builder graph) {

  private static final int OPERATORS = 12;
  private static final int FORMAT = 7;

  /** Everything at once: one layer of each that other exporters write in other words. */
  static ForeignGraph mixed() {
    ForeignGraph mixed = empty(8, 8);
    mixed.constant("k", values(4 * 3 * 3 * 3), 4, 3, 3, 3);
    mixed.constant("scale", values(4), 4);
    mixed.constant("shift", values(4), 4);
    mixed.constant("mean", values(4), 4);
    mixed.constant("variance", new float[] {1, 2, 3, 4}, 4);
    mixed.constant("zero", new float[] {0});
    mixed.constant("m", values(4 * 2), 4, 2);
    mixed.constant("b", values(2), 2);
    mixed.node("Conv", "c", "x", "k").addAttribute(integers("pads", 1, 1, 1, 1));
    mixed
        .node("BatchNormalization", "n", "c", "scale", "shift", "mean", "variance")
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("epsilon")
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(1e-3f));
    mixed.node("Clip", "r", "n", "zero");
    mixed.node("Dropout", "d", "r");
    mixed.node("ReduceMean", "p", "d").addAttribute(integers("axes", 2, 3));
    mixed
        .node("Constant", "shape")
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(
                    TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addDims(2)
                        .addInt64Data(0)
                        .addInt64Data(-1)));
    mixed.node("Reshape", "f", "p", "shape");
    mixed.node("MatMul", "y", "f", "m");
    mixed.node("Add", "s", "b", "y");
    mixed.node("Softmax", "probabilities", "s");
    return mixed.ending("probabilities", 2);
  }

  /** A linear layer whose weights are 2 x 3 values in another file. */
  static ForeignGraph external(String location) {
    ForeignGraph linear = empty(1, 1);
    linear.graph.addInitializer(
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(2)
            .addDims(3)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue(location)));
    linear.node("Flatten", "f", "x");
    linear
        .node("Gemm", "y", "f", "w")
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("transB")
                .setType(AttributeProto.AttributeType.INT)
                .setI(1));
    return linear.ending("y", 2);
  }

  /** One operator between images and scores. */
  static ForeignGraph of(String operator) {
    ForeignGraph odd = empty(1, 1);
    odd.node(operator, "odd", "x");
    odd.node("Flatten", "y", "odd");
    return odd.ending("y", 3);
  }

  /** Images whose sides are names. */
  static ForeignGraph ofAnySize() {
    ForeignGraph any = of("Relu");
    TensorShapeProto.Builder shape =
        any.graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    shape.getDimBuilder(2).setDimParam("height");
    shape.getDimBuilder(3).setDimParam("width");
    return any;
  }

  /** Images that come one at a time, as the reshaping says too. */
  static ForeignGraph ofOneImage() {
    ForeignGraph one = empty(1, 1);
    one.graph
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(0)
        .setDimValue(1);
    one.graph.addInitializer(
        TensorProto.newBuilder()
            .setName("shape")
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(2)
            .addInt64Data(1)
            .addInt64Data(-1));
    one.constant("m", values(3 * 2), 3, 2);
    one.node("Reshape", "f", "x", "shape");
    one.node("MatMul", "y", "f", "m");
    return one.ending("y", 2);
  }

  /** A linear layer that says it has so many rows, and has no values. */
  static ForeignGraph ofRows(long rows) {
    ForeignGraph linear = empty(1, 1);
    linear.constant("w", new float[0], 3, rows);
    linear.node("Flatten", "f", "x");
    linear.node("MatMul", "y", "f", "w");
    return linear.ending("y", 2);
  }

  /** A convolution with so many zeros around. */
  static ForeignGraph padded(long padding) {
    ForeignGraph padded = empty(8, 8);
    padded.constant("k", values(4 * 3 * 3 * 3), 4, 3, 3, 3);
    padded
        .node("Conv", "c", "x", "k")
        .addAttribute(integers("pads", padding, padding, padding, padding));
    padded.node("GlobalAveragePool", "y", "c");
    return padded.ending("y", 4);
  }

  /** Images of these sides. */
  static ForeignGraph ofSides(long height, long width) {
    ForeignGraph large =
        new ForeignGraph(
            GraphProto.newBuilder().setName("foreign").addInput(value("x", 3, height, width)));
    large.node("GlobalAveragePool", "y", "x");
    return large.ending("y", 3);
  }

  /** Operators and values with names that our own files have for others. */
  static ForeignGraph namedLikeOurs() {
    ForeignGraph named = empty(8, 8);
    named.constant("k", values(4 * 3), 4, 3, 1, 1);
    named.constant("b", values(4), 4);
    named.constant("m", values(4 * 2), 4, 2);
    named.node("Conv", "images", "x", "k", "b");
    named.node("GlobalAveragePool", "layer1", "images");
    named.node("Flatten", "layer2.flat", "layer1");
    named.node("MatMul", "scores", "layer2.flat", "m");
    return named.ending("scores", 2);
  }

  Path write(Path file) throws IOException {
    return write(file, Map.of());
  }

  Path write(Path file, Map<String, String> metadata) throws IOException {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
            .setGraph(graph);
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return Files.write(file, model.build().toByteArray());
  }

  private static ForeignGraph empty(int height, int width) {
    return new ForeignGraph(
        GraphProto.newBuilder().setName("foreign").addInput(value("x", 3, height, width)));
  }

  private ForeignGraph ending(String output, int classes) {
    graph.addOutput(value(output, classes));
    return this;
  }

  private NodeProto.Builder node(String operator, String output, String... inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private void constant(String name, float[] values, long... dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
  }

  private static float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.sin(i + 1.0);
    }
    return values;
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static ValueInfoProto value(String name, long... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder());
    for (long dimension : dimensions) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
