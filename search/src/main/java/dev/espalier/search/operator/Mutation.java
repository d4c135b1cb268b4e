package dev.espalier.search.operator;

import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.random.RandomGenerator;

/**
 * Random-reset mutation: each gene is chosen with probability p, and a chosen gene takes one of its
 * other values, each equally likely, so it always changes. A gene with one choice never changes.
 *
 * <p>Immutable and thread-safe; the generator is the caller's.
 */
public final class Mutation {

  private final SearchSpace space;
  private final double probability;

  private Mutation(SearchSpace space, double probability) {
    this.space = space;
    this.probability = probability;
  }

  /**
   * The mutation of a space.
   *
   * @param probability chance of each gene to change, in (0, 1]
   */
  public static Mutation of(SearchSpace space, double probability) {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "mutation: the probability must be above 0 and at most 1, found " + probability);
    }
    return new Mutation(space, probability);
  }

  /** A mutated copy; equal to the parent if no gene was chosen. */
  public Structure mutate(Structure parent, RandomGenerator random) {
    int[] genes = parent.toArray();
    for (int i = 0; i < genes.length; i++) {
      int choices = space.genes().get(i).choices();
      if (random.nextDouble() < probability && choices > 1) {
        int other = random.nextInt(choices - 1);
        genes[i] = other < genes[i] ? other : other + 1;
      }
    }
    return Structure.of(genes);
  }
}
