package dev.espalier.pruningnet.tensor;

import ai.djl.ndarray.NDArray;

/** The gradient of a loss with respect to a {@link Parameter}, in the scope of one step. */
public sealed interface Gradient {

  /**
   * Every value.
   *
   * @param values of the parameter's shape
   */
  record Dense(NDArray values) implements Gradient {}

  /**
   * A product of two thin matrices, never formed as a whole: the gradient of a matrix that was
   * multiplied by n vectors.
   *
   * @param left rows x n
   * @param right n x columns
   */
  record LowRank(NDArray left, NDArray right) implements Gradient {}
}
