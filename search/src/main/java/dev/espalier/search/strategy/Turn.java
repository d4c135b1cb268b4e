package dev.espalier.search.strategy;

import dev.espalier.search.random.RandomStreams;
import java.util.random.RandomGenerator;

/**
 * What a strategy may look at besides its own state when it proposes.
 *
 * @param index the number of the proposal, from 0
 * @param streams the search's random streams
 * @param proposed every structure proposed before
 */
public record Turn(long index, RandomStreams streams, StructureSet proposed) {

  /** This proposal's own stream of random numbers, from its start. */
  public RandomGenerator random() {
    return streams.stream("proposal", index);
  }
}
