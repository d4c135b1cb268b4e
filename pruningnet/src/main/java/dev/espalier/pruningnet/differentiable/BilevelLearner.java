package dev.espalier.pruningnet.differentiable;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.differentiable.InnerProblem.By;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.Course;
import dev.espalier.pruningnet.training.Learner;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import dev.espalier.pruningnet.training.TrainingSettings;
import dev.espalier.pruningnet.training.optimizer.Adam;
import dev.espalier.pruningnet.training.optimizer.Sgd;
import dev.espalier.pruningnet.training.parallel.ModelBytes;
import dev.espalier.pruningnet.training.phases.Phase;
import dev.espalier.pruningnet.training.step.ExampleSource;
import dev.espalier.pruningnet.training.step.Examples;
import dev.espalier.pruningnet.training.step.Slope;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * The steps of one phase: first the alphas take one on images of the second half, unless they stand
 * still or weights know too little yet, then weights or scores take one on images of the first.
 */
final class BilevelLearner implements Learner {

  private final SearchedModel model;
  private final Phase phase;
  private final TrainingSettings settings;
  private final Course course;
  private final IntConsumer epochEnded;
  private final NDManager memory = Torch.scope();
  private final InnerProblem problem;
  private final Sgd sgd;
  private final Adam adam;
  private final Hypergradient hypergradient;
  private final ExampleSource training;
  private final ExampleSource validation;
  private final double alphaRate;
  private final long warmUpSteps;

  /**
   * Prepares a phase.
   *
   * @param halves the images for weights and scores, and those for the alphas
   * @param epochEnded told the number of each epoch after its last step
   */
  BilevelLearner(
      SearchedModel model,
      Phase phase,
      SearchSettings search,
      List<TrainingData> halves,
      Course course,
      IntConsumer epochEnded) {
    this.model = model;
    this.phase = phase;
    this.settings = search.phases().of(phase);
    this.course = course;
    this.epochEnded = epochEnded;
    this.problem = model.problem(phase, search.phases().sparsity());
    this.sgd = new Sgd(problem.learned(), settings.momentum(), settings.weightDecay(), memory);
    this.adam = new Adam(problem.alphas(), search.ofAlphas(), memory);
    this.hypergradient =
        new Hypergradient(
            problem,
            search.order(),
            new Hypergradient.Inner(sgd.momenta(), settings.momentum(), settings.weightDecay()));
    this.training = halves.get(0).source(settings);
    this.warmUpSteps =
        phase == Phase.PRETRAIN ? (long) search.warmUp() * course.stepsPerEpoch() : 0;
    this.alphaRate = search.alphaRate();
    this.validation = halves.get(1).source(settings);
  }

  @Override
  public List<Parameter> state() {
    return Stream.of(model.parameters(), sgd.momenta(), adam.moments())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<Double> learn(long step, int threads, BooleanSupplier stop) {
    Torch.threads(threads);
    double loss;
    try (NDManager scope = Torch.scope()) {
      int epoch = course.epoch(step);
      int number = course.inEpoch(step);
      Examples first = training.take(epoch, number, scope);
      List<Parameter> outer =
          Stream.concat(problem.alphas().stream(), adam.moments().stream()).toList();
      ModelBytes before = ModelBytes.of(outer);
      try {
        if (alphaStep(step) >= 0 && !model.guard().hasStopped()) {
          Examples second = validation.take(epoch, number, scope);
          learnAlphas(first, second, step, scope);
        }
        loss = learnInner(first, step, scope);
      } catch (TrainingDivergedException e) {
        before.copyTo(outer);
        throw e;
      }
    }
    if (course.inEpoch(step + 1) == 0) {
      if (alphaStep(step) >= 0) {
        model.guard().epochEnded();
      }
      epochEnded.accept(course.epoch(step));
    }
    return List.of(loss);
  }

  private void learnAlphas(Examples first, Examples second, long step, NDManager scope) {
    Gradients gradients = hypergradient.of(first, second, rate(step), scope);
    adam.step(gradients, alphaStep(step) + 1)
        .ifPresent(
            name -> {
              throw diverged("one of %s is no number".formatted(name), step, alphaRate);
            });
  }

  private double learnInner(Examples first, long step, NDManager scope) {
    List<Parameter> point = problem.point(problem.learned(), scope);
    Slope slope = problem.slope(point, By.INNER, first, scope);
    if (!Double.isFinite(slope.loss())) {
      throw diverged("the loss is " + slope.loss(), step, rate(step));
    }
    Direction direction = new Direction(problem.learned(), slope.gradients());
    double norm = direction.norm();
    if (!Double.isFinite(norm)) {
      throw diverged("the norm of the gradient is " + norm, step, rate(step));
    }
    // Its pieces are too small to share: waking the other threads would take longer.
    Torch.threads(1);
    boolean clipped = phase != Phase.PRUNE && norm > SearchSettings.MOST_NORM;
    sgd.step(
        clipped ? direction.times(SearchSettings.MOST_NORM / norm) : slope.gradients(), rate(step));
    return slope.loss();
  }

  /** The number of a step from where the alphas begin to learn; below 0 before. */
  private long alphaStep(long step) {
    return step - warmUpSteps;
  }

  private double rate(long step) {
    return settings.learningRate(course.done(step));
  }

  private TrainingDivergedException diverged(String problem, long step, double rate) {
    return new TrainingDivergedException(
        "in the %s phase %s".formatted(phase.text(), problem),
        course.epoch(step),
        course.inEpoch(step),
        rate);
  }

  @Override
  public void close() {
    memory.close();
  }
}
