package dev.espalier.search.cost;

import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.Optional;

/**
 * The baseline that every search must beat: the network with one width multiplier for all its
 * layers, as in "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
 * Applications" (2017).
 */
public final class UniformWidth {

  private UniformWidth() {}

  /**
   * The uniform structure with the most MACs not above a number. Where the multiplier lies between
   * two ratios of the grid, the first genes take the greater one: all widths are the same to within
   * one step, and the baseline is not smaller than it need be.
   *
   * @param constraints the ones of the search; the structure meets them too
   * @param macs the number, usually the MACs of the structure to compare with
   * @return empty where no such structure meets the constraints
   */
  public static Optional<Structure> closest(
      SearchSpace space, CostModel model, Constraints constraints, long macs) {
    int genes = space.widthGenes();
    for (int steps = (space.grid().count() - 1) * genes; steps >= 0; steps--) {
      int[] values = space.uniform(steps / genes).toArray();
      for (int gene = 0; gene < steps % genes; gene++) {
        values[gene]++;
      }
      Structure structure = Structure.of(values);
      Costs costs = model.costs(structure);
      if (costs.macs() <= macs && constraints.allows(costs)) {
        return Optional.of(structure);
      }
    }
    return Optional.empty();
  }
}
