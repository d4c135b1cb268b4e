package dev.espalier.pruningnet.training.step;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.optimizer.CrossEntropy;
import dev.espalier.pruningnet.training.trainee.Lesson;
import java.util.function.Supplier;

/**
 * The loss of a step at the parameters as they are, and its gradients.
 *
 * @param loss mean of the losses of all networks of the lesson
 * @param gradients by parameter, in the scope of the step
 */
public record Slope(double loss, Gradients gradients) {

  /**
   * Runs all networks of a lesson there and back.
   *
   * @param lesson is asked while gradients are collected, so that what it computes is part of the
   *     way back
   */
  public static Slope of(Supplier<Lesson> lesson, Examples examples) {
    return of(lesson, examples, Objective.LABELS);
  }

  /** The same for another objective than that of labels. */
  public static Slope of(Supplier<Lesson> lesson, Examples examples, Objective objective) {
    Lesson taken;
    double loss;
    try (GradientCollector collector = Torch.gradients()) {
      taken = lesson.get();
      loss = backward(taken, examples, objective, collector);
    }
    return new Slope(loss, taken.gradients().get());
  }

  private static double backward(
      Lesson lesson, Examples examples, Objective objective, GradientCollector collector) {
    double sum = 0;
    NDArray taught = examples.targets();
    for (Lesson.Pass pass : lesson.passes()) {
      NDArray scores = pass.forward().run(examples.images(), pass.weights(), Normalization.batch());
      NDArray loss = objective.loss(scores, taught).div(lesson.passes().size());
      collector.backward(loss);
      sum += loss.getFloat();
      if (lesson.distillation() > 0 && taught == examples.targets()) {
        taught = CrossEntropy.taught(taught, scores, lesson.distillation());
      }
      scores.close();
    }
    return sum;
  }
}
