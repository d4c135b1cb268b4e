package dev.espalier.pruningnet.differentiable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.differentiable.InnerProblem.By;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.step.Examples;
import dev.espalier.pruningnet.training.step.Slope;
import dev.espalier.search.job.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient by the alphas a of the validation loss L' when the inner problem x, weights or
 * masks, answers to them by descent on the training loss L; from "DARTS: Differentiable
 * Architecture Search" (2019).
 *
 * <ul>
 *   <li>First order: dL'/da at x as it is.
 *   <li>Unrolled: x* = x - (momentum m + r (dL/dx + decay x)) is where the next step would lead.
 *       The gradient is dL'/da (x*) - r d2L/da dx v with v = dL'/dx (x*), and the product is the
 *       central difference (dL/da (x + e v) - dL/da (x - e v)) / 2e with e = 0.01 / |v|.
 * </ul>
 *
 * <p>Where scores learn, x* are the masks of the scores after that step, and x + e v are masks of
 * real numbers.
 */
final class Hypergradient {

  private static final double DIFFERENCE = 0.01;

  private final InnerProblem problem;
  private final NetworkSpec.Order order;
  private final Inner inner;

  /**
   * How the inner problem descends.
   *
   * @param momenta of what is learned, in its order; each is part of the next step
   * @param momentum share of them that goes on
   * @param weightDecay added to the gradient for each unit of a value
   */
  record Inner(List<Parameter> momenta, double momentum, double weightDecay) {}

  Hypergradient(InnerProblem problem, NetworkSpec.Order order, Inner inner) {
    this.problem = problem;
    this.order = order;
    this.inner = inner;
  }

  /**
   * The gradient of each choice's alphas.
   *
   * @param rate r, step size of the inner problem
   * @param scope of the step
   */
  Gradients of(Examples training, Examples validation, double rate, NDManager scope) {
    List<Parameter> here = problem.point(problem.learned(), scope);
    return switch (order) {
      case FIRST -> problem.slope(here, By.ALPHAS, validation, scope).gradients();
      case UNROLLED -> unrolled(here, training, validation, rate, scope);
    };
  }

  private Gradients unrolled(
      List<Parameter> here, Examples training, Examples validation, double rate, NDManager scope) {
    Slope slope = problem.slope(here, By.INNER, training, scope);
    List<Parameter> next = ahead(new Direction(problem.learned(), slope.gradients()), rate, scope);
    Slope there = problem.slope(problem.point(next, scope), By.BOTH, validation, scope);
    Direction back = new Direction(problem.learned(), there.gradients());
    double norm = back.norm();
    if (norm == 0) {
      return there.gradients();
    }
    double e = DIFFERENCE / norm;
    Direction plus = alphas(back.from(here, e, scope), training, scope);
    Direction minus = alphas(back.from(here, -e, scope), training, scope);
    Gradients total = new Gradients();
    Direction direct = new Direction(problem.alphas(), there.gradients());
    for (Parameter alphas : problem.alphas()) {
      NDArray product = plus.of(alphas).sub(minus.of(alphas)).mul(rate / (2 * e));
      total.put(alphas, new Gradient.Dense(direct.of(alphas).sub(product)));
    }
    return total;
  }

  private Direction alphas(List<Parameter> point, Examples training, NDManager scope) {
    Slope slope = problem.slope(point, By.ALPHAS, training, scope);
    return new Direction(problem.alphas(), slope.gradients());
  }

  /** Where one step of descent would lead; nothing is changed. */
  private List<Parameter> ahead(Direction gradient, double rate, NDManager scope) {
    List<Parameter> next = new ArrayList<>();
    for (int i = 0; i < problem.learned().size(); i++) {
      Parameter parameter = problem.learned().get(i);
      try (NDManager pieces = scope.newSubManager()) {
        NDArray momentum = inner.momenta().get(i).array().mul(inner.momentum());
        momentum.attach(pieces);
        NDArray decay = parameter.array().mul(rate * inner.weightDecay());
        decay.attach(pieces);
        NDArray way = gradient.of(parameter).mul(rate).add(decay).add(momentum);
        NDArray moved = parameter.array().sub(way);
        moved.attach(scope);
        next.add(new Parameter(parameter.name(), moved));
      }
    }
    return next;
  }
}
