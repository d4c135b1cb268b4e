package dev.espalier.search.cell;

import dev.espalier.search.architecture.Alphas;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All networks of a space of cells on one backbone.
 *
 * @param space which cells
 * @param backbone what they are stacked on
 */
public record CellArchitectures(CellSpace space, Backbone backbone) implements ArchitectureSpace {

  /** What job files call it. */
  public static final String NAME = "cells";

  @Override
  public Network supernet() {
    return space.supernet(backbone);
  }

  @Override
  public CellArchitecture decide(Alphas alphas) {
    return new CellArchitecture(space.genotype(alphas), backbone);
  }

  @Override
  public CellArchitecture random(RandomGenerator random) {
    return new CellArchitecture(space.random(random), backbone);
  }

  @Override
  public CellArchitecture parse(String text) {
    Genotype genotype = Genotype.parse(text);
    for (CellKind kind : CellKind.values()) {
      check(kind, genotype.cell(kind));
    }
    return new CellArchitecture(genotype, backbone);
  }

  private void check(CellKind kind, Cell cell) {
    if (cell.nodes().size() != space.nodes()) {
      throw new BadInputException(
          "genotype, %s cell: %d nodes, expected %d"
              .formatted(kind.text(), cell.nodes().size(), space.nodes()));
    }
    List<String> known = space.operations().stream().map(Operation::text).toList();
    cell.nodes().stream()
        .flatMap(List::stream)
        .filter(edge -> !space.operations().contains(edge.operation()))
        .findFirst()
        .ifPresent(
            edge -> {
              throw new BadInputException(
                  "genotype, %s cell: %s is not of this space, expected one of %s"
                      .formatted(kind.text(), edge, String.join(", ", known)));
            });
  }
}
