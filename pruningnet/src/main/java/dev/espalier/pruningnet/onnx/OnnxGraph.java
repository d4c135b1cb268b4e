package dev.espalier.pruningnet.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The graph of an ONNX model: one operator for each layer, with the layer's name, and reshapings
 * where a layer reads four axes and has two, or the other way round. Not thread-safe.
 */
final class OnnxGraph {

  static final String INPUT = "images";
  static final String OUTPUT = "scores";

  private static final String BATCH = "batch";

  private final Network network;
  private final LayerValues values;
  private final GraphProto.Builder graph = GraphProto.newBuilder();

  /** Values of batch x features. */
  private final Set<String> flat = new HashSet<>();

  private final Set<String> spreads = new HashSet<>();

  private OnnxGraph(Network network, LayerValues values) {
    this.network = network;
    this.values = values;
  }

  static GraphProto of(Network network, LayerValues values) {
    return new OnnxGraph(network, values).build();
  }

  private GraphProto build() {
    Shape image = network.input();
    graph.setName(network.name());
    graph.addInput(value(INPUT, image.channels(), image.height(), image.width()));
    for (Node node : network.nodes().subList(1, network.nodes().size())) {
      add(node);
    }
    Node last = network.node(network.nodes().size() - 1);
    graph.addNode(Nodes.node("Identity", OUTPUT, List.of(flattened(last))));
    graph.addOutput(value(OUTPUT, network.classes()));
    return graph.build();
  }

  private void add(Node node) {
    NodeProto.Builder operator = operator(node);
    graph.addNode(operator.setName(node.name()));
  }

  private NodeProto.Builder operator(Node node) {
    Layer layer = node.layer();
    String name = name(node.index());
    if (layer instanceof Layer.Conv conv) {
      return conv(node, conv);
    }
    if (layer instanceof Layer.Linear) {
      return linear(node);
    }
    if (layer instanceof Layer.BatchNorm) {
      keepFlatness(node);
      return batchNorm(node);
    }
    if (layer instanceof Layer.Activation activation) {
      keepFlatness(node);
      return activation(node, activation.function());
    }
    if (layer instanceof Layer.Pool pool) {
      return pool(node, pool);
    }
    if (layer instanceof Layer.Pad pad) {
      return pad(node, pad);
    }
    if (layer instanceof Layer.Slice slice) {
      return slice(node, slice);
    }
    if (layer instanceof Layer.Shuffle shuffle) {
      return shuffle(node, shuffle.groups());
    }
    if (layer instanceof Layer.LocalResponse response) {
      return Nodes.node("LRN", name, List.of(spread(node.input())))
          .addAttribute(Nodes.integer("size", response.size()))
          .addAttribute(Nodes.real("alpha", (float) response.alpha()))
          .addAttribute(Nodes.real("beta", (float) response.beta()))
          .addAttribute(Nodes.real("bias", (float) response.bias()));
    }
    if (layer instanceof Layer.GlobalAveragePool) {
      return Nodes.node("GlobalAveragePool", name, List.of(spread(node.input())));
    }
    if (layer instanceof Layer.Add) {
      return Nodes.node(node.inputs().size() == 2 ? "Add" : "Sum", name, spread(node));
    }
    if (layer instanceof Layer.Multiply) {
      return Nodes.node("Mul", name, spread(node));
    }
    if (layer instanceof Layer.Concat) {
      return Nodes.node("Concat", name, spread(node)).addAttribute(Nodes.integer("axis", 1));
    }
    if (layer instanceof Layer.Flatten) {
      return flatten(name, name(node.input()));
    }
    throw new IllegalArgumentException(
        "node '%s': %s has no operator in ONNX".formatted(node.name(), layer));
  }

  private NodeProto.Builder conv(Node node, Layer.Conv conv) {
    return Nodes.node("Conv", name(node.index()), withWeights(node, spread(node.input())))
        .addAttribute(Nodes.integers("kernel_shape", conv.kernel(), conv.kernel()))
        .addAttribute(Nodes.integers("strides", conv.stride(), conv.stride()))
        .addAttribute(pads(conv.padding()))
        .addAttribute(Nodes.integers("dilations", conv.dilation(), conv.dilation()))
        .addAttribute(Nodes.integer("group", conv.groups()));
  }

  private NodeProto.Builder linear(Node node) {
    flat.add(name(node.index()));
    return Nodes.node(
            "Gemm", name(node.index()), withWeights(node, flattened(network.node(node.input()))))
        .addAttribute(Nodes.integer("transB", 1));
  }

  private NodeProto.Builder batchNorm(Node node) {
    int channels = node.output().channels();
    List<String> inputs = new ArrayList<>();
    if (node.layer() instanceof Layer.BatchNorm normal && !normal.affine()) {
      float[] ones = new float[channels];
      Arrays.fill(ones, 1);
      inputs.add(name(node.input()));
      inputs.add(constant(name(node.index()) + ".weight", ones, channels));
      inputs.add(constant(name(node.index()) + ".bias", new float[channels], channels));
    } else {
      inputs.addAll(withWeights(node, name(node.input())));
    }
    Moments moments = values.moments(node);
    inputs.add(constant(name(node.index()) + ".mean", moments.mean(), channels));
    inputs.add(constant(name(node.index()) + ".variance", moments.variance(), channels));
    return Nodes.node("BatchNormalization", name(node.index()), inputs)
        .addAttribute(Nodes.real("epsilon", Normalization.EPSILON));
  }

  private NodeProto.Builder activation(Node node, Layer.Activation.Function function) {
    String input = name(node.input());
    return switch (function) {
      case RELU -> Nodes.node("Relu", name(node.index()), List.of(input));
      case RELU6 ->
          Nodes.node(
              "Clip",
              name(node.index()),
              List.of(
                  input,
                  constant(name(node.index()) + ".least", new float[] {0}),
                  constant(name(node.index()) + ".most", new float[] {6})));
      case SIGMOID -> Nodes.node("Sigmoid", name(node.index()), List.of(input));
      case HARD_SIGMOID -> hardSigmoid(name(node.index()), input);
      case HARD_SWISH -> {
        String gate = name(node.index()) + ".gate";
        graph.addNode(hardSigmoid(gate, input));
        yield Nodes.node("Mul", name(node.index()), List.of(input, gate));
      }
    };
  }

  private static NodeProto.Builder hardSigmoid(String name, String input) {
    return Nodes.node("HardSigmoid", name, List.of(input))
        .addAttribute(Nodes.real("alpha", 1 / 6f))
        .addAttribute(Nodes.real("beta", 0.5f));
  }

  private NodeProto.Builder pool(Node node, Layer.Pool pool) {
    List<String> input = List.of(spread(node.input()));
    NodeProto.Builder pooled =
        switch (pool.kind()) {
          case MAX -> Nodes.node("MaxPool", name(node.index()), input);
          case AVERAGE ->
              Nodes.node("AveragePool", name(node.index()), input)
                  .addAttribute(Nodes.integer("count_include_pad", 1));
        };
    return pooled
        .addAttribute(Nodes.integers("kernel_shape", pool.kernel(), pool.kernel()))
        .addAttribute(Nodes.integers("strides", pool.stride(), pool.stride()))
        .addAttribute(pads(pool.padding()));
  }

  private NodeProto.Builder pad(Node node, Layer.Pad pad) {
    String name = name(node.index());
    String sides =
        positions(name + ".pads", 0, 0, pad.top(), pad.left(), 0, 0, pad.bottom(), pad.right());
    String value = name + ".value";
    graph.addInitializer(Nodes.tensor(value, new float[] {(float) pad.value()}));
    return Nodes.node("Pad", name, List.of(spread(node.input()), sides, value));
  }

  private NodeProto.Builder slice(Node node, Layer.Slice slice) {
    String name = name(node.index());
    return Nodes.node(
        "Slice",
        name,
        List.of(
            spread(node.input()),
            positions(name + ".first", slice.from()),
            positions(name + ".end", slice.to()),
            positions(name + ".axes", 1)));
  }

  /** Parts the channels into groups, turns groups and channels, and puts them together again. */
  private NodeProto.Builder shuffle(Node node, int groups) {
    String name = name(node.index());
    Shape made = node.output();
    String parts =
        positions(
            name + ".parts", 0, groups, made.channels() / groups, made.height(), made.width());
    graph.addNode(Nodes.node("Reshape", name + ".parted", List.of(spread(node.input()), parts)));
    graph.addNode(
        Nodes.node("Transpose", name + ".turned", List.of(name + ".parted"))
            .addAttribute(Nodes.integers("perm", 0, 2, 1, 3, 4)));
    String whole = positions(name + ".whole", 0, made.channels(), made.height(), made.width());
    return Nodes.node("Reshape", name, List.of(name + ".turned", whole));
  }

  private String positions(String name, long... values) {
    graph.addInitializer(Nodes.positions(name, values));
    return name;
  }

  private static AttributeProto pads(int padding) {
    return Nodes.integers("pads", padding, padding, padding, padding);
  }

  private NodeProto.Builder flatten(String name, String input) {
    flat.add(name);
    return Nodes.node("Flatten", name, List.of(input)).addAttribute(Nodes.integer("axis", 1));
  }

  /** What a layer reads, and the names of its weights. */
  private List<String> withWeights(Node node, String input) {
    LayerValues.Learned layer = values.learned(node);
    List<String> inputs = new ArrayList<>();
    inputs.add(input);
    inputs.add(constant(name(node.index()) + ".weight", layer.weight()));
    if (layer.bias() != null) {
      inputs.add(constant(name(node.index()) + ".bias", layer.bias()));
    }
    return inputs;
  }

  private String constant(String name, LayerValues.Values values) {
    return constant(name, values.numbers(), values.dimensions());
  }

  private String constant(String name, float[] values, long... dimensions) {
    TensorProto tensor = Nodes.tensor(name, values, dimensions);
    graph.addInitializer(tensor);
    return name;
  }

  /** What a layer computes; names of layers may be those of others, and are only the operators'. */
  private static String name(int node) {
    return node == 0 ? INPUT : "layer" + node;
  }

  private void keepFlatness(Node node) {
    if (flat.contains(name(node.input()))) {
      flat.add(name(node.index()));
    }
  }

  /** A value of batch x features. */
  private String flattened(Node node) {
    String name = name(node.index());
    if (flat.contains(name)) {
      return name;
    }
    String flattened = name + ".flat";
    if (flat.add(flattened)) {
      graph.addNode(flatten(flattened, name));
    }
    return flattened;
  }

  private List<String> spread(Node node) {
    return node.inputs().stream().map(this::spread).toList();
  }

  /** A value of batch x channels x height x width. */
  private String spread(int node) {
    String name = name(node);
    if (!flat.contains(name)) {
      return name;
    }
    String spread = name + ".spread";
    if (spreads.add(spread)) {
      String axes = spread + ".axes";
      graph.addInitializer(Nodes.positions(axes, 2, 3));
      graph.addNode(Nodes.node("Unsqueeze", spread, List.of(name, axes)));
    }
    return spread;
  }

  private static ValueInfoProto value(String name, long... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
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
