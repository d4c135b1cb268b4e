package dev.espalier.search.strategy;

import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What strategies may propose: the feasible structures of a space. Thread-safe if its functions
 * are.
 *
 * @param space the space
 * @param feasible whether a structure meets the constraints
 * @param repair a feasible structure near a given one: itself if it is feasible, empty if none is
 *     found
 */
public record Domain(
    SearchSpace space,
    Predicate<Structure> feasible,
    BiFunction<Structure, RandomGenerator, Optional<Structure>> repair) {

  private static final int RANDOM_DRAWS = 1000;
  private static final int CHILD_DRAWS = 10;

  /** Every structure of a space. */
  public static Domain unconstrained(SearchSpace space) {
    return new Domain(space, structure -> true, (structure, random) -> Optional.of(structure));
  }

  /**
   * A random feasible structure that was not proposed before; empty after 1000 draws without one,
   * that is, when hardly any is left.
   */
  Optional<Structure> random(Turn turn, RandomGenerator random) {
    for (int i = 0; i < RANDOM_DRAWS; i++) {
      Optional<Structure> structure = repair.apply(space.random(random), random);
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
    for (int i = 1; i < CHILD_DRAWS && !(isNew(child, turn) && feasible.test(child)); i++) {
      child = draw.get();
    }
    return repair.apply(child, random).filter(repaired -> isNew(repaired, turn));
  }

  private static boolean isNew(Structure structure, Turn turn) {
    return !turn.proposed().contains(structure);
  }
}
