package dev.espalier.pruningnet.differentiable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Parameter;
import java.util.List;

/**
 * The dense gradients of some parameters, seen as one vector.
 *
 * @param parameters in order
 * @param gradients of all of them
 */
record Direction(List<Parameter> parameters, Gradients gradients) {

  /** The component along a parameter. */
  NDArray of(Parameter parameter) {
    if (gradients.find(parameter) instanceof Gradient.Dense dense) {
      return dense.values();
    }
    throw new IllegalArgumentException("no dense gradient of " + parameter.name());
  }

  /** The Euclidean norm. */
  double norm() {
    double sum = 0;
    for (Parameter parameter : parameters) {
      try (NDArray squares = of(parameter).square();
          NDArray total = squares.sum()) {
        sum += total.getFloat();
      }
    }
    return Math.sqrt(sum);
  }

  /** The same direction with another length. */
  Gradients times(double factor) {
    Gradients scaled = new Gradients();
    for (Parameter parameter : parameters) {
      scaled.put(parameter, new Gradient.Dense(of(parameter).mul(factor)));
    }
    return scaled;
  }

  /**
   * A point that is so many times this vector away from another one.
   *
   * @param point one array for each parameter, under its name
   * @param scope owns the new arrays
   */
  List<Parameter> from(List<Parameter> point, double factor, NDManager scope) {
    return point.stream()
        .map(
            parameter -> {
              try (NDArray way = of(parameter).mul(factor)) {
                NDArray moved = parameter.array().add(way);
                moved.attach(scope);
                return new Parameter(parameter.name(), moved);
              }
            })
        .toList();
  }
}
