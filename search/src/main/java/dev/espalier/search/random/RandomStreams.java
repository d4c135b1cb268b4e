package dev.espalier.search.random;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Named, numbered streams of random numbers from one seed. Two streams with different names or
 * numbers are independent, and asking for one never moves another, so the order in which work is
 * done cannot change what it draws.
 *
 * <p>The seed of a stream is h(...h(h(seed), name bytes)..., number) with h the finaliser of "Fast
 * Splittable Pseudorandom Number Generators" (2014); the generator is the JDK's L64X128MixRandom.
 *
 * @param seed the job's seed
 */
public record RandomStreams(long seed) {

  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  /** The stream of a name and a number, always from its start. Not thread-safe. */
  public RandomGenerator stream(String name, long number) {
    return FACTORY.create(mix(derive(name) + number));
  }

  /** The streams of a named part of the work, apart from all others. */
  public RandomStreams part(String name) {
    return new RandomStreams(derive(name));
  }

  private long derive(String name) {
    long state = mix(seed);
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      state = mix(state ^ b);
    }
    return state;
  }

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
