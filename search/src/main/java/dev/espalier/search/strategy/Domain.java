package dev.espalier.search.strategy;

import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What strategies may propose: the feasible structures of a space. Thread-safe if its functions
 * are.
 *
 * @param space the space
 * @param feasible whether a structure meets the constraints
 * @param sampler draws a feasible structure at random
 */
public record Domain(
    SearchSpace space,
    Predicate<Structure> feasible,
    Function<RandomGenerator, Structure> sampler) {

  private static final int DRAWS = 1000;

  /** Every structure of a space. */
  public static Domain unconstrained(SearchSpace space) {
    return new Domain(space, structure -> true, space::random);
  }

  /**
   * A random feasible structure that was not proposed before; empty after 1000 draws without one,
   * that is, when hardly any is left.
   */
  public Optional<Structure> sample(Turn turn, RandomGenerator random) {
    return firstNew(() -> sampler.apply(random), DRAWS, turn);
  }

  /** The first of some draws that is feasible and was not proposed before. */
  public Optional<Structure> firstNew(Supplier<Structure> draw, int draws, Turn turn) {
    for (int i = 0; i < draws; i++) {
      Structure structure = draw.get();
      if (!turn.proposed().contains(structure) && feasible.test(structure)) {
        return Optional.of(structure);
      }
    }
    return Optional.empty();
  }
}
