package dev.espalier.pruningnet.onnx.imports;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the operators of an ONNX graph that its output needs, in their order. Not thread-safe; used
 * once.
 */
final class GraphReader {

  private static final int LONGEST_SIDE = 1 << 16;

  private final GraphProto graph;
  private final Tensors tensors;
  private final GraphValues values;
  private final List<String> notes = new ArrayList<>();
  private final String input;
  private final String output;

  GraphReader(GraphProto graph, Tensors tensors) {
    this.graph = graph;
    this.tensors = tensors;
    this.values = new GraphValues(tensors);
    graph.getInitializerList().forEach(tensor -> values.constant(tensor.getName(), tensor));
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(value -> !values.isConstant(value.getName())).toList();
    this.input = only("inputs", inputs);
    this.output = only("outputs", graph.getOutputList());
  }

  /**
   * What was read.
   *
   * @param softmax whether the file has a softmax behind the scores
   */
  record Read(Network network, ImportedWeights weights, boolean softmax, List<String> notes) {}

  Read read(String name) {
    NetworkBuilder network = new NetworkBuilder(name, image());
    List<Operator> needed = needed();
    needed.stream().filter(one -> one.type().equals("Constant")).forEach(this::constant);
    values.computes(input, 0);
    ReadLayers layers = new ReadLayers(network, values);
    OperatorReader operators = new OperatorReader(layers, values);
    boolean softmax = false;
    for (int i = 0; i < needed.size(); i++) {
      Operator operator = needed.get(i);
      if (operator.type().equals("Softmax") && i == needed.size() - 1) {
        softmax = true;
        notes.add(
            "The softmax at the end (node '%s') is left out: scores come before it."
                .formatted(operator.name()));
        layers.alias(operator);
      } else if (!operator.type().equals("Constant")) {
        operators.read(operator, readers(needed, operator));
      }
    }
    requireScores(layers);
    if (operators.unfolded() > 0) {
      notes.add(
          "%d convolutions have a bias and no batch norm: each gets one for its bias, which changes no score."
              .formatted(operators.unfolded()));
    }
    Network read = network.build();
    noteFixed(read);
    return new Read(read, operators.weights(), softmax, List.copyOf(notes));
  }

  /** Refuses a graph whose output is not what its last layer computes. */
  private void requireScores(ReadLayers layers) {
    boolean isLast = values.layerOf(output).filter(found -> found == layers.last()).isPresent();
    Shape made = layers.shape(layers.last());
    if (!isLast || made.positions() != 1) {
      throw refused(
          "output '%s' is %s, expected a score for each class"
              .formatted(output, isLast ? made : "not that of the last layer"));
    }
  }

  private void noteFixed(Network network) {
    List<String> fixed =
        network.nodes().stream()
            .filter(node -> node.layer() instanceof Layer.Fixed)
            .map(node -> "%s (%s)".formatted(node.name(), node.layer().getClass().getSimpleName()))
            .toList();
    if (!fixed.isEmpty()) {
      notes.add(
          "Never pruned, with the channels that they read and make: %s."
              .formatted(String.join(", ", fixed)));
    }
  }

  private void constant(Operator operator) {
    for (AttributeProto attribute : operator.node().getAttributeList()) {
      if (attribute.getName().equals("value")) {
        values.constant(operator.output(), attribute.getT());
        return;
      }
    }
    throw operator.refused("it has no tensor as its value");
  }

  /** The operators that the output depends on. */
  private List<Operator> needed() {
    Set<String> values = new HashSet<>(Set.of(output));
    Deque<Operator> needed = new ArrayDeque<>();
    List<NodeProto> nodes = graph.getNodeList();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeProto node = nodes.get(i);
      if (node.getOutputCount() > 0 && node.getOutputList().stream().anyMatch(values::contains)) {
        node.getInputList().stream().filter(name -> !name.isEmpty()).forEach(values::add);
        needed.addFirst(new Operator(tensors.file().toString(), node));
      }
    }
    return List.copyOf(needed);
  }

  private static List<Operator> readers(List<Operator> all, Operator of) {
    return all.stream().filter(one -> one.node().getInputList().contains(of.output())).toList();
  }

  private Shape image() {
    ValueInfoProto value =
        graph.getInputList().stream()
            .filter(one -> one.getName().equals(input))
            .findFirst()
            .orElseThrow();
    List<TensorShapeProto.Dimension> axes = value.getType().getTensorType().getShape().getDimList();
    if (axes.size() != 4 || axes.stream().skip(1).anyMatch(axis -> !isSide(axis.getDimValue()))) {
      throw refused(
          "input '%s' is %s, expected batch x channels x height x width, with numbers for all but the batch. Maybe export it for one size of images?"
              .formatted(
                  input,
                  axes.stream()
                      .map(
                          axis -> axis.hasDimValue() ? "" + axis.getDimValue() : axis.getDimParam())
                      .collect(Collectors.joining(" x ", "[", "]"))));
    }
    return new Shape(
        (int) axes.get(1).getDimValue(),
        (int) axes.get(2).getDimValue(),
        (int) axes.get(3).getDimValue());
  }

  private static boolean isSide(long value) {
    return value >= 1 && value <= LONGEST_SIDE;
  }

  private String only(String what, List<ValueInfoProto> found) {
    if (found.size() != 1) {
      throw refused(
          "it has %d %s %s, expected one"
              .formatted(found.size(), what, found.stream().map(ValueInfoProto::getName).toList()));
    }
    return found.get(0).getName();
  }

  private BadInputException refused(String problem) {
    return new BadInputException("%s: %s".formatted(tensors.file(), problem));
  }
}
