package dev.espalier.search.architecture;

import dev.espalier.search.network.Network;
import java.util.random.RandomGenerator;

/** Networks that differ in choices, and a supernet that has them all at once. Immutable. */
public interface ArchitectureSpace {

  /** The network in which every choice is open: a {@code Layer.Mixture} for each connection. */
  Network supernet();

  /** What the alphas choose. Among equals the first option is taken. */
  Architecture decide(Alphas alphas);

  /** An architecture drawn uniformly. */
  Architecture random(RandomGenerator random);

  /**
   * Reads what {@link Architecture#text} writes.
   *
   * @throws dev.espalier.search.job.BadInputException if it is something else, or not of this space
   */
  Architecture parse(String text);
}
