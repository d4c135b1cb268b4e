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
import com.google.protobuf.ByteString;
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

  /** Windows whose zeros are not the same on all sides, in all the ways to say so. */
  static ForeignGraph unevenlyPadded() {
    ForeignGraph uneven = empty(9, 8);
    uneven.constant("k", values(4 * 3 * 3 * 3), 4, 3, 3, 3);
    uneven.constant("d", values(4 * 3 * 3), 4, 1, 3, 3);
    uneven.positions("around", 0, 0, 1, 0, 0, 0, 0, 2);
    uneven.node("Pad", "p", "x", "around");
    uneven
        .node("Conv", "c", "p", "k")
        .addAttribute(integers("strides", 2, 2))
        .addAttribute(text("auto_pad", "SAME_UPPER"));
    uneven
        .node("Conv", "e", "c", "d")
        .addAttribute(integer("group", 4))
        .addAttribute(integers("pads", 2, 0, 1, 1));
    uneven
        .node("MaxPool", "m", "e")
        .addAttribute(integers("kernel_shape", 3, 3))
        .addAttribute(integers("strides", 2, 2))
        .addAttribute(text("auto_pad", "SAME_LOWER"));
    uneven
        .node("MaxPool", "w", "m")
        .addAttribute(integers("kernel_shape", 2, 2))
        .addAttribute(integers("strides", 2, 2))
        .addAttribute(integer("ceil_mode", 1));
    uneven
        .node("AveragePool", "a", "w")
        .addAttribute(integers("kernel_shape", 2, 2))
        .addAttribute(integers("pads", 0, 1, 1, 0))
        .addAttribute(integer("count_include_pad", 1));
    uneven.node("GlobalAveragePool", "y", "a");
    return uneven.ending("y", 4);
  }

  /** A block of ShuffleNet V2, and an end whose reshaping computes its shape. */
  static ForeignGraph shuffled() {
    ForeignGraph shuffled = empty(8, 8);
    shuffled.constant("k", values(8 * 3 * 3 * 3), 8, 3, 3, 3);
    shuffled.constant("l", values(6 * 4), 6, 4, 1, 1);
    shuffled.constant("n", values(4 * 6), 4, 6, 1, 1);
    shuffled.constant("m", values(8 * 2), 8, 2);
    shuffled.positions("parts", -1, 2, 4, 6, 6);
    shuffled.positions("whole", -1, 8, 6, 6);
    shuffled.positions("all", -1);
    shuffled.positions("zero", 0);
    shuffled.node("Conv", "c", "x", "k");
    shuffled.node("LRN", "r", "c").addAttribute(integer("size", 5));
    shuffled
        .node("Split", "s", "r")
        .addOutput("t")
        .addAttribute(integer("axis", 1))
        .addAttribute(integers("split", 4, 4));
    shuffled.node("Conv", "a", "t", "l");
    shuffled.node("Relu", "b", "a");
    shuffled.node("Conv", "e", "b", "n");
    shuffled.node("Concat", "g", "s", "e").addAttribute(integer("axis", 1));
    shuffled.node("Reshape", "parted", "g", "parts");
    shuffled.node("Transpose", "turned", "parted").addAttribute(integers("perm", 0, 2, 1, 3, 4));
    shuffled.node("Reshape", "h", "turned", "whole");
    shuffled.node("GlobalAveragePool", "v", "h");
    shuffled.node("Shape", "shape", "v");
    shuffled.node("Gather", "images", "shape", "zero").addAttribute(integer("axis", 0));
    shuffled.node("Concat", "rows", "images", "all").addAttribute(integer("axis", 0));
    shuffled.node("Reshape", "f", "v", "rows");
    shuffled.node("MatMul", "y", "f", "m");
    return shuffled.ending("y", 2);
  }

  /** All of an axis but the first. */
  static ForeignGraph sliced(long axis) {
    ForeignGraph sliced = empty(4, 4);
    sliced.positions("one", 1);
    sliced.positions("end", Long.MAX_VALUE);
    sliced.positions("axis", axis);
    sliced.node("Slice", "s", "x", "one", "end", "axis");
    sliced.node("GlobalAveragePool", "y", "s");
    return sliced.ending("y", 2);
  }

  /** A pooling with more around than half its window, and a sum of one. */
  static ForeignGraph widelyPadded() {
    ForeignGraph wide = empty(6, 6);
    wide.node("MaxPool", "m", "x")
        .addAttribute(integers("kernel_shape", 3, 3))
        .addAttribute(integers("pads", 2, 2, 2, 2));
    wide.node("Sum", "s", "m");
    wide.node("GlobalAveragePool", "y", "s");
    return wide.ending("y", 3);
  }

  /** A list of integers that doubles so many times. */
  static ForeignGraph doubling(int times) {
    ForeignGraph doubling = empty(1, 1);
    doubling.positions("d0", 1);
    for (int i = 0; i < times; i++) {
      doubling.node("Concat", "d" + (i + 1), "d" + i, "d" + i).addAttribute(integer("axis", 0));
    }
    doubling.node("Reshape", "y", "x", "d" + times);
    return doubling.ending("y", 3);
  }

  /** A normalisation over so many channels. */
  static ForeignGraph normalized(long size) {
    ForeignGraph normalized = empty(1, 1);
    normalized.node("LRN", "n", "x").addAttribute(integer("size", size));
    normalized.node("GlobalAveragePool", "y", "n");
    return normalized.ending("y", 3);
  }

  /** Channels in groups that are read before they are whole again. */
  static ForeignGraph inGroups() {
    ForeignGraph parted = empty(4, 4);
    parted.positions("parts", -1, 3, 1, 4, 4);
    parted.node("Reshape", "parted", "x", "parts");
    parted.node("Relu", "r", "parted");
    parted.node("GlobalAveragePool", "y", "r");
    return parted.ending("y", 3);
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

  private void positions(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
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

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
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
