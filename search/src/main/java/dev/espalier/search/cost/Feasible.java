package dev.espalier.search.cost;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Random structures that meet constraints, also where hardly any random structure does.
 *
 * <p>A structure is drawn uniformly and, where it lies outside, repaired: one gene after the other,
 * in random order, moves to a random value that brings the costs nearer to the constraints, until
 * all hold. Where no single gene helps, another structure is drawn.
 */
public final class Feasible {

  private static final int DRAWS = 100;

  private final SearchSpace space;
  private final CostModel model;
  private final Constraints constraints;
  private final RandomGenerator random;

  private Feasible(
      SearchSpace space, CostModel model, Constraints constraints, RandomGenerator random) {
    this.space = space;
    this.model = model;
    this.constraints = constraints;
    this.random = random;
  }

  /**
   * Refuses constraints that nothing in the space meets, or nothing that can be found.
   *
   * @throws BadInputException with the metric and its reachable range where one constraint alone is
   *     out of reach, with all constraints where they seem to exclude each other
   */
  public static void check(
      SearchSpace space, CostModel model, Constraints constraints, RandomGenerator random) {
    Reach.of(space, model).check(constraints);
    if (sample(space, model, constraints, random).isEmpty()) {
      throw new BadInputException(
          "constraints: found no structure of %s that meets all of %s. Maybe widen one of them."
              .formatted(space.network().name(), constraints.all()));
    }
  }

  /**
   * A random structure that meets the constraints; empty if 100 draws found none, which for
   * constraints that leave room is unlikely but possible.
   *
   * @param random the only source of chance: the same state gives the same structure
   */
  public static Optional<Structure> sample(
      SearchSpace space, CostModel model, Constraints constraints, RandomGenerator random) {
    return IntStream.range(0, DRAWS)
        .mapToObj(draw -> repair(space.random(random), space, model, constraints, random))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * A structure made from a given one that meets the constraints: itself if it does already, and
   * empty where the way to the constraints ends before they are met.
   *
   * @param random the only source of chance: the same state gives the same structure
   */
  public static Optional<Structure> repair(
      Structure structure,
      SearchSpace space,
      CostModel model,
      Constraints constraints,
      RandomGenerator random) {
    return new Feasible(space, model, constraints, random).repair(structure);
  }

  private Optional<Structure> repair(Structure structure) {
    int[] genes = structure.toArray();
    double excess = excess(genes);
    while (excess > 0) {
      double nearer = step(genes, excess);
      if (nearer == excess) {
        return Optional.empty();
      }
      excess = nearer;
    }
    return Optional.of(Structure.of(genes));
  }

  /** Moves one gene so that the excess shrinks and returns the new excess, or the old one. */
  private double step(int[] genes, double excess) {
    for (int gene : shuffled(genes.length)) {
      int before = genes[gene];
      for (int value : shuffled(space.genes().get(gene).choices())) {
        genes[gene] = value;
        double now = excess(genes);
        if (now < excess) {
          return now;
        }
      }
      genes[gene] = before;
    }
    return excess;
  }

  private double excess(int[] genes) {
    return constraints.excess(model.costs(Structure.of(genes)));
  }

  /** The numbers from 0 to n - 1 in random order. */
  private int[] shuffled(int n) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
