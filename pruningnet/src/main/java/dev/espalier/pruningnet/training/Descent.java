package dev.espalier.pruningnet.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.espalier.pruningnet.dataset.batch.Batch;
import dev.espalier.pruningnet.dataset.batch.BatchSource;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.PixelScaling;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.optimizer.CrossEntropy;
import dev.espalier.pruningnet.training.optimizer.Sgd;
import dev.espalier.pruningnet.training.trainee.Lesson;
import dev.espalier.pruningnet.training.trainee.Trainee;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import java.util.List;
import java.util.stream.Stream;

/**
 * Steps of stochastic gradient descent on one set of parameters. A step depends on these, their
 * momenta, its number, its worker and the number of threads alone. Used by one thread at a time;
 * several descents may run side by side, each with parameters of its own.
 */
public final class Descent implements AutoCloseable {

  private final List<Parameter> parameters;
  private final TrainingData data;
  private final TrainingSettings settings;
  private final Course course;
  private final NDManager memory = Torch.scope();
  private final Sgd sgd;
  private final PixelScaling scaling;
  private BatchSource source;
  private int sourceEpoch;
  private final Batch batch;

  /** Prepares to train parameters, with momenta of zero. */
  public Descent(
      List<Parameter> parameters, TrainingData data, TrainingSettings settings, Course course) {
    this.parameters = parameters;
    this.data = data;
    this.settings = settings;
    this.course = course;
    this.sgd = new Sgd(parameters, settings.momentum(), settings.weightDecay(), memory);
    this.scaling = PixelScaling.of(data.dataset().info().mean(), data.dataset().info().std());
    this.source = source(0);
    this.batch = source.newBatch();
  }

  /** The parameters, then their momenta, in the same order. */
  public List<Parameter> state() {
    return Stream.concat(parameters.stream(), sgd.momenta().stream()).toList();
  }

  /**
   * One step, which changes the state.
   *
   * @param trainee makes the lesson; its parameters are those of this descent
   * @param step over all epochs, from 0
   * @param worker whose batch it is, from 0
   * @param threads of the engine
   * @return the loss
   * @throws TrainingDivergedException if the loss is not a number; the state is as it was
   */
  public double step(Trainee trainee, long step, int worker, int threads) {
    int epoch = course.epoch(step);
    if (epoch != sourceEpoch) {
      source = source(epoch);
      sourceEpoch = epoch;
    }
    Torch.threads(threads);
    source.fill(course.batch(step, worker), batch);
    try (NDManager scope = Torch.scope()) {
      Shape shape = data.dataset().info().shape();
      NDArray images =
          scaling.tensor(batch.images(), batch.size(), shape, settings.format(), scope);
      int classes = data.dataset().info().classes().size();
      NDArray targets =
          CrossEntropy.targets(
              batch.labels(), batch.size(), classes, settings.labelSmoothing(), scope);
      double rate = settings.learningRate(course.done(step));
      Lesson lesson = trainee.lesson(step, scope);
      double loss = backward(lesson, images, targets);
      if (!Double.isFinite(loss)) {
        throw new TrainingDivergedException(loss, epoch, course.inEpoch(step), rate);
      }
      Gradients gradients = lesson.gradients().get();
      // Its pieces are too small to share: waking the other threads would take longer.
      Torch.threads(1);
      sgd.step(gradients, rate);
      return loss;
    }
  }

  @Override
  public void close() {
    memory.close();
  }

  /** Runs all networks of a step there and back, and gives the mean of their losses. */
  private static double backward(Lesson lesson, NDArray images, NDArray targets) {
    double sum = 0;
    NDArray taught = targets;
    try (GradientCollector collector = Torch.gradients()) {
      for (Lesson.Pass pass : lesson.passes()) {
        NDArray scores = pass.forward().run(images, pass.weights(), Normalization.batch());
        NDArray loss = CrossEntropy.loss(scores, taught).div(lesson.passes().size());
        collector.backward(loss);
        sum += loss.getFloat();
        if (lesson.distillation() > 0 && taught == targets) {
          taught = CrossEntropy.taught(targets, scores, lesson.distillation());
        }
        scores.close();
      }
    }
    return sum;
  }

  private BatchSource source(int epoch) {
    return BatchSource.epoch(
        data.dataset(),
        data.images(),
        settings.batch(),
        settings.augmentation(),
        new RandomStreams(settings.seed()).part("images"),
        epoch);
  }
}
