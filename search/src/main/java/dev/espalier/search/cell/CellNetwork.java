package dev.espalier.search.cell;

import static dev.espalier.search.network.Layer.Activation.Function.RELU;

import dev.espalier.search.cell.OperationLayers.Purpose;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Layer.Conv;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Stacks cells on a backbone, open or chosen. A layer has the same name in both. */
final class CellNetwork {

  private static final int STEM_WIDENING = 3;

  private final Backbone backbone;
  private final NetworkBuilder net;
  private final OperationLayers layers;
  private final Wiring wiring;

  /** What the nodes of a cell are the sum of. */
  private interface Wiring {

    /** Number of nodes of a cell. */
    int nodes(CellKind kind);

    /** Adds the edges into a node and returns them; state i is {@code states.get(i)}. */
    List<Integer> edges(String cell, CellKind kind, List<Integer> states);
  }

  private CellNetwork(String name, Backbone backbone, Purpose purpose, WiringSource wiring) {
    this.backbone = backbone;
    this.net = new NetworkBuilder(name, backbone.image());
    this.layers = new OperationLayers(net, purpose);
    this.wiring = wiring.of(net, layers);
  }

  /** Makes a wiring for a network under construction. */
  private interface WiringSource {
    Wiring of(NetworkBuilder net, OperationLayers layers);
  }

  static Network of(CellSpace space, Backbone backbone) {
    return new CellNetwork(
            "cells-supernet",
            backbone,
            Purpose.SEARCH,
            (net, layers) -> new Open(space, net, layers))
        .build();
  }

  static Network of(Genotype genotype, Backbone backbone) {
    return new CellNetwork(
            "cells", backbone, Purpose.TRAINING, (net, layers) -> new Chosen(genotype, layers))
        .build();
  }

  /** Every state is connected with every later node by all operations at once. */
  private record Open(CellSpace space, NetworkBuilder net, OperationLayers layers)
      implements Wiring {

    @Override
    public int nodes(CellKind kind) {
      return space.nodes();
    }

    @Override
    public List<Integer> edges(String cell, CellKind kind, List<Integer> states) {
      return IntStream.range(0, states.size())
          .mapToObj(from -> mixture(cell, kind, states, from))
          .toList();
    }

    private int mixture(String cell, CellKind kind, List<Integer> states, int from) {
      String edge = edge(cell, from, states.size());
      List<Integer> inputs =
          space.operations().stream()
              .filter(operation -> operation != Operation.NONE)
              .map(
                  operation ->
                      layers.add(
                          edge + "." + operation.text(),
                          operation,
                          states.get(from),
                          stride(kind, from)))
              .toList();
      List<String> options = space.operations().stream().map(Operation::text).toList();
      String choice = CellSpace.choice(kind, from, states.size());
      return net.add(edge, new Layer.Mixture(choice, options), inputs);
    }
  }

  /** The two edges that a genotype has chosen. */
  private record Chosen(Genotype genotype, OperationLayers layers) implements Wiring {

    @Override
    public int nodes(CellKind kind) {
      return genotype.cell(kind).nodes().size();
    }

    @Override
    public List<Integer> edges(String cell, CellKind kind, List<Integer> states) {
      return genotype.cell(kind).nodes().get(states.size() - Cell.INPUTS).stream()
          .map(
              edge ->
                  layers.add(
                      edge(cell, edge.from(), states.size()) + "." + edge.operation().text(),
                      edge.operation(),
                      states.get(edge.from()),
                      stride(kind, edge.from())))
          .toList();
    }
  }

  private static String edge(String cell, int from, int to) {
    return "%s.%d-%d".formatted(cell, from, to);
  }

  /** A reduction cell halves what comes from outside. */
  private static int stride(CellKind kind, int from) {
    return kind == CellKind.REDUCTION && from < Cell.INPUTS ? 2 : 1;
  }

  private Network build() {
    int before = stem();
    int last = before;
    int channels = backbone.channels();
    for (int i = 0; i < backbone.cells(); i++) {
      channels *= backbone.kind(i) == CellKind.REDUCTION ? 2 : 1;
      int output = cell("cell" + i, backbone.kind(i), before, last, channels);
      before = last;
      last = output;
    }
    net.linear("head.linear", net.globalAveragePool("head.pool", last), backbone.classes());
    return net.build();
  }

  private int stem() {
    int channels = backbone.channels();
    if (backbone.halvings() == 0) {
      return stem("stem", 0, channels * STEM_WIDENING, 1);
    }
    int stem = stem("stem1", 0, channels / 2, 2);
    for (int i = 2; i <= backbone.halvings(); i++) {
      stem = stem("stem" + i, net.activation("stem%d.relu".formatted(i), stem, RELU), channels, 2);
    }
    return stem;
  }

  private int stem(String name, int input, int channels, int stride) {
    return net.convBatchNorm(name, "", input, Conv.dense(channels, 3, stride));
  }

  private int cell(String name, CellKind kind, int before, int last, int channels) {
    List<Integer> states = new ArrayList<>();
    boolean reduced = net.shape(before).height() > net.shape(last).height();
    states.add(
        reduced
            ? layers.halve(name + ".input0", before, channels)
            : layers.widen(name + ".input0", before, channels));
    states.add(layers.widen(name + ".input1", last, channels));
    for (int i = 0; i < wiring.nodes(kind); i++) {
      List<Integer> edges = wiring.edges(name, kind, states);
      states.add(net.add("%s.node%d".formatted(name, i), new Layer.Add(), edges));
    }
    List<Integer> nodes = states.subList(Cell.INPUTS, states.size());
    return nodes.size() == 1 ? nodes.get(0) : net.add(name + ".output", new Layer.Concat(), nodes);
  }
}
