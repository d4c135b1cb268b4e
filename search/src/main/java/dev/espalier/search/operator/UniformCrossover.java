package dev.espalier.search.operator;

import dev.espalier.search.space.Structure;
import java.util.random.RandomGenerator;

/**
 * Uniform crossover: the child takes each gene from one of its two parents, with probability 1/2
 * each. "Uniform Crossover in Genetic Algorithms" (1989).
 *
 * <p>Immutable and thread-safe; the generator is the caller's.
 */
public final class UniformCrossover {

  /** The operator has no settings. */
  public UniformCrossover() {}

  /** A child of two structures of one space. */
  public Structure cross(Structure first, Structure second, RandomGenerator random) {
    int[] genes = first.toArray();
    for (int i = 0; i < genes.length; i++) {
      if (random.nextBoolean()) {
        genes[i] = second.gene(i);
      }
    }
    return Structure.of(genes);
  }
}
