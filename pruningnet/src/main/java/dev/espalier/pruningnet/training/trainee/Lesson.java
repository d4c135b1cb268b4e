package dev.espalier.pruningnet.training.trainee;

import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Gradients;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one step trains: networks that share parameters and see the same images. The step's loss is
 * the mean of their losses.
 *
 * @param passes the networks; the first one may teach the others
 * @param distillation weight of the first one's class probabilities in the targets of the others,
 *     in [0, 1]
 * @param gradients the parameters' gradients, to be asked for after the way back
 */
public record Lesson(List<Pass> passes, double distillation, Supplier<Gradients> gradients) {

  /** A step of one network. */
  public static Lesson of(Forward forward, Weights weights, Supplier<Gradients> gradients) {
    return new Lesson(List.of(new Pass(forward, weights)), 0, gradients);
  }

  /**
   * One network of a step.
   *
   * @param forward how it runs
   * @param weights its weights, which collect gradients
   */
  public record Pass(Forward forward, Weights weights) {}
}
