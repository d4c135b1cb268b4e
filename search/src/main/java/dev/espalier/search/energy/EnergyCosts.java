package dev.espalier.search.energy;

import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;

/**
 * Costs with energy, rounded to whole units. Thread-safe.
 *
 * @param others prices everything else
 * @param space of the structures
 * @param coefficients of the device
 */
public record EnergyCosts(CostModel others, SearchSpace space, Coefficients coefficients)
    implements CostModel {

  @Override
  public Costs costs(Structure structure) {
    double energy = Accesses.of(space.apply(structure)).energy(coefficients);
    return others.costs(structure).withEnergy(Math.round(energy));
  }
}
