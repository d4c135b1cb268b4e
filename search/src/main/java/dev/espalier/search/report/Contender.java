package dev.espalier.search.report;

import dev.espalier.search.space.Structure;

/**
 * A structure to be measured on images that never chose one.
 *
 * @param role why it is compared
 * @param structure what to measure
 */
public record Contender(Role role, Structure structure) {

  /** Why a structure is compared. */
  public enum Role {
    /** The search found it. */
    SEARCHED,
    /** The uniform-width network of the same MACs as the best one that the search found. */
    UNIFORM,
    /** The best of as many random structures. */
    RANDOM
  }
}
