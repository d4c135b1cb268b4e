package dev.espalier.search.cost;

import dev.espalier.search.space.Structure;

/** The port that prices a structure. Pure and thread-safe: the same structure, the same costs. */
@FunctionalInterface
public interface CostModel {

  /** The costs of a structure of the space that the model was built for. */
  Costs costs(Structure structure);
}
