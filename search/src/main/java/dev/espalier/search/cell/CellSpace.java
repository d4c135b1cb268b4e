package dev.espalier.search.cell;

import dev.espalier.search.architecture.Alphas;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The cells of "DARTS: Differentiable Architecture Search" (2019): a normal and a reduction cell
 * with two inputs and some nodes, each the sum of two connections from what comes before it.
 * Immutable.
 *
 * @param nodes of a cell, at least 1
 * @param operations what may stand on an edge, in the order of the alphas
 */
public record CellSpace(int nodes, List<Operation> operations) {

  /** Four nodes and all operations, as published. */
  public static final CellSpace DARTS = new CellSpace(4, List.of(Operation.values()));

  /** Refuses a space in which nothing is left to choose. */
  public CellSpace {
    operations = List.copyOf(operations);
    if (nodes < 1) {
      throw new BadInputException("cells: nodes is %d, expected at least 1".formatted(nodes));
    }
    if (operations.stream().allMatch(operation -> operation == Operation.NONE)) {
      throw new BadInputException(
          "cells: operations is %s, expected at least one other than %s"
              .formatted(texts(operations), Operation.NONE.text()));
    }
    if (new HashSet<>(operations).size() != operations.size()) {
      throw new BadInputException(
          "cells: operations is %s, expected each one once".formatted(texts(operations)));
    }
  }

  private static List<String> texts(List<Operation> operations) {
    return operations.stream().map(Operation::text).toList();
  }

  /** The network in which all operations of every edge run, mixed by their alphas. */
  public Network supernet(Backbone backbone) {
    return CellNetwork.of(this, backbone);
  }

  /** A genotype drawn uniformly: two states for each node, and an operation for each. */
  public Genotype random(RandomGenerator random) {
    return new Genotype(randomCell(random), randomCell(random));
  }

  private Cell randomCell(RandomGenerator random) {
    List<Operation> connections = connections();
    List<List<Edge>> chosen = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      int states = Cell.INPUTS + node;
      int first = random.nextInt(states);
      int second = random.nextInt(states - 1);
      chosen.add(
          IntStream.of(first, second < first ? second : second + 1)
              .mapToObj(from -> new Edge(connections.get(random.nextInt(connections.size())), from))
              .toList());
    }
    return new Cell(chosen);
  }

  /**
   * What the alphas choose: on each edge the operation with the largest share, other than none; and
   * for each node the two edges on which that share is largest. Among equals the first one.
   */
  public Genotype genotype(Alphas alphas) {
    return new Genotype(strongest(CellKind.NORMAL, alphas), strongest(CellKind.REDUCTION, alphas));
  }

  private Cell strongest(CellKind kind, Alphas alphas) {
    return new Cell(
        IntStream.range(Cell.INPUTS, Cell.INPUTS + nodes)
            .mapToObj(
                to ->
                    IntStream.range(0, to)
                        .mapToObj(from -> strongest(from, alphas.shares(choice(kind, from, to))))
                        .sorted(Comparator.comparingDouble(Candidate::share).reversed())
                        .limit(2)
                        .map(Candidate::edge)
                        .toList())
            .toList());
  }

  /** The best operation of an edge, and its share. */
  private record Candidate(Edge edge, double share) {}

  private Candidate strongest(int from, double[] shares) {
    int best =
        IntStream.range(0, shares.length)
            .filter(i -> operations.get(i) != Operation.NONE)
            .reduce((a, b) -> shares[b] > shares[a] ? b : a)
            .orElseThrow();
    return new Candidate(new Edge(operations.get(best), from), shares[best]);
  }

  /** The name of an edge's choice; state 0 and 1 are the cell's inputs, 2 is its first node. */
  public static String choice(CellKind kind, int from, int to) {
    return "%s.%d-%d".formatted(kind.text(), from, to);
  }

  private List<Operation> connections() {
    return operations.stream().filter(operation -> operation != Operation.NONE).toList();
  }
}
