package dev.espalier.search.operator;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Tournament selection: k contestants are drawn uniformly with replacement and the best of them
 * wins, so that of n the one at rank r (from 0) wins with probability ((n-r)/n)^k - ((n-r-1)/n)^k.
 *
 * @param size contestants k; 2 for the binary tournament, 1 for a uniform choice
 */
public record Tournament(int size) {

  /** Refuses a tournament without contestants. */
  public Tournament {
    if (size < 1) {
      throw new IllegalArgumentException("tournament: needs at least 1 contestant, found " + size);
    }
  }

  /** The winner of one tournament among a list that is sorted best first and not empty. */
  public <T> T select(List<T> bestFirst, RandomGenerator random) {
    int winner = bestFirst.size();
    for (int i = 0; i < size; i++) {
      winner = Math.min(winner, random.nextInt(bestFirst.size()));
    }
    return bestFirst.get(winner);
  }
}
