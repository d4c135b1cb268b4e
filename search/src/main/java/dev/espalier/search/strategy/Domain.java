package dev.espalier.search.strategy;

import dev.espalier.search.cost.Constraints;
import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.Feasible;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What strategies may propose: the structures of a space that meet constraints. Immutable and
 * thread-safe.
 *
 * @param space the space
 * @param costs prices its structures
 * @param constraints what each must meet
 */
public record Domain(SearchSpace space, CostModel costs, Constraints constraints) {

  private static final int RANDOM_DRAWS = 1000;
  private static final int CHILD_DRAWS = 10;

  /** Whether a structure meets the constraints. */
  public boolean allows(Structure structure) {
    return constraints.allows(costs.costs(structure));
  }

  /**
   * A random feasible structure that was not proposed before; empty after 1000 draws without one,
   * that is, when hardly any is left.
   */
  Optional<Structure> random(Turn turn, RandomGenerator random) {
    for (int i = 0; i < RANDOM_DRAWS; i++) {
      Optional<Structure> structure = Feasible.sample(space, costs, constraints, random);
      if (structure.isPresent() && isNew(structure.get(), turn)) {
        return structure;
      }
    }
    return Optional.empty();
  }

  /**
   * A feasible child that was not proposed before: the first of ten draws that is one, or else,
   * where constraints are so narrow that none is, the last of them repaired; empty if that was
   * proposed before as well.
   */
  Optional<Structure> child(Supplier<Structure> draw, Turn turn, RandomGenerator random) {
    Structure child = draw.get();
    for (int i = 1; i < CHILD_DRAWS && !(isNew(child, turn) && allows(child)); i++) {
      child = draw.get();
    }
    return Feasible.repair(child, space, costs, constraints, random)
        .filter(repaired -> isNew(repaired, turn));
  }

  private static boolean isNew(Structure structure, Turn turn) {
    return !turn.proposed().contains(structure);
  }
}
