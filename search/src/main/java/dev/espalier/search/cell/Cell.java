package dev.espalier.search.cell;

import dev.espalier.search.job.BadInputException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A cell that has been chosen: nodes, each the sum of two connections from earlier states. The
 * cell's output are its nodes, one after the other. Written as {@code sep_conv_3x3(0)
 * skip_connect(1), dil_conv_5x5(0) sep_conv_3x3(2)}. Immutable.
 *
 * @param nodes the two edges of each node, ordered by the state that they read
 */
public record Cell(List<List<Edge>> nodes) {

  static final int INPUTS = 2;
  private static final int EDGES = 2;

  /** Orders the edges of each node; refuses a node that is not the sum of two earlier states. */
  public Cell {
    nodes =
        nodes.stream()
            .map(edges -> edges.stream().sorted(Comparator.comparingInt(Edge::from)).toList())
            .toList();
    if (nodes.isEmpty()) {
      throw new BadInputException("a cell has no node, expected at least one");
    }
    for (int node = 0; node < nodes.size(); node++) {
      check(node, nodes.get(node));
    }
  }

  private static void check(int node, List<Edge> edges) {
    int states = INPUTS + node;
    if (edges.size() != EDGES) {
      throw new BadInputException(
          "node %d has %d edges, expected %d".formatted(node, edges.size(), EDGES));
    }
    for (Edge edge : edges) {
      if (edge.from() >= states) {
        throw new BadInputException(
            "node %d reads state %d in %s, expected 0 to %d"
                .formatted(node, edge.from(), edge, states - 1));
      }
    }
    if (edges.get(0).from() == edges.get(1).from()) {
      throw new BadInputException(
          "node %d reads state %d twice, expected two states".formatted(node, edges.get(0).from()));
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws BadInputException if it is something else, naming the node
   */
  static Cell parse(String text) {
    return new Cell(
        Arrays.stream(text.split(",", -1))
            .map(node -> Arrays.stream(node.strip().split("\\s+")).map(Edge::parse).toList())
            .toList());
  }

  /** How many edges have an operation. */
  public long count(Operation operation) {
    return nodes.stream()
        .flatMap(List::stream)
        .filter(edge -> edge.operation() == operation)
        .count();
  }

  @Override
  public String toString() {
    return nodes.stream()
        .map(edges -> edges.stream().map(Edge::toString).collect(Collectors.joining(" ")))
        .collect(Collectors.joining(", "));
  }
}
