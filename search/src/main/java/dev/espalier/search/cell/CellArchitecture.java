package dev.espalier.search.cell;

import dev.espalier.search.architecture.Architecture;
import dev.espalier.search.network.Network;

/**
 * Cells that have been chosen, on a backbone.
 *
 * @param genotype the cells
 * @param backbone what they are stacked on
 */
public record CellArchitecture(Genotype genotype, Backbone backbone) implements Architecture {

  @Override
  public String text() {
    return genotype.toString();
  }

  @Override
  public Network network() {
    return genotype.network(backbone);
  }

  /** The skip connections of the normal cell; in the other one most of them are convolutions. */
  @Override
  public int skips() {
    return Math.toIntExact(genotype.normal().count(Operation.SKIP));
  }
}
