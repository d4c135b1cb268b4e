package dev.espalier.pruningnet.sparse;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** What has a score of its own, and is kept or dropped as a whole. */
public enum Granularity {
  /** Each weight. */
  WEIGHT {
    @Override
    Shape scores(Shape weight) {
      return weight;
    }
  },
  /** All weights of an output channel or feature. */
  FILTER {
    @Override
    Shape scores(Shape weight) {
      long[] sides = new long[weight.dimension()];
      Arrays.fill(sides, 1);
      sides[0] = weight.get(0);
      return new Shape(sides);
    }
  };

  /** The shape of the scores of a layer's weight; it can be multiplied with the weight. */
  abstract Shape scores(Shape weight);
}
