package dev.espalier.search.strategy;

import dev.espalier.search.cost.Constraints;
import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.Feasible;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.List;
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
 * @param first structures that an evolution proposes before any other; all meet the constraints
 */
public record Domain(
    SearchSpace space, CostModel costs, Constraints constraints, List<Structure> first) {

  private static final int RANDOM_DRAWS = 1000;
  private static final int CHILD_DRAWS = 10;

  /** Copies the structures. */
  public Domain {
    first = List.copyOf(first);
  }

  /** A domain in which nothing comes first. */
  public Domain(SearchSpace space, CostModel costs, Constraints constraints) {
    this(space, costs, constraints, List.of());
  }

  /** The next one of those that come first; empty when all are proposed. */
  Optional<Structure> first(Turn turn) {
    return first.stream().filter(structure -> isNew(structure, turn)).findFirst();
  }

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
