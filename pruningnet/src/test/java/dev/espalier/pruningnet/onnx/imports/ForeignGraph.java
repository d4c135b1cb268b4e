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

  Path write(Path file) throws IOException {
    return Files.write(
        file,
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
            .setGraph(graph)
            .build()
            .toByteArray());
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
