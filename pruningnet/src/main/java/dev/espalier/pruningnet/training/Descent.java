package dev.espalier.pruningnet.training;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.optimizer.Sgd;
import dev.espalier.pruningnet.training.step.ExampleSource;
import dev.espalier.pruningnet.training.step.Examples;
import dev.espalier.pruningnet.training.step.Slope;
import dev.espalier.pruningnet.training.step.Teaching;
import dev.espalier.pruningnet.training.trainee.Trainee;
import java.util.List;
import java.util.stream.Stream;

/**
 * Steps of stochastic gradient descent on one set of parameters. A step depends on these, their
 * momenta, its number, its worker and the number of threads alone. Used by one thread at a time;
 * several descents may run side by side, each with parameters of its own.
 */
public final class Descent implements AutoCloseable {

  private final List<Parameter> parameters;
  private final TrainingSettings settings;
  private final Course course;
  private final NDManager memory = Torch.scope();
  private final Sgd sgd;
  private final ExampleSource source;
  private final Teaching teaching;

  /** Prepares to train parameters by labels, with momenta of zero. */
  public Descent(
      List<Parameter> parameters, TrainingData data, TrainingSettings settings, Course course) {
    this(parameters, data, settings, course, Teaching.LABELS);
  }

  /**
   * Prepares to train parameters, with momenta of zero.
   *
   * @param teaching must be open until this is closed
   */
  Descent(
      List<Parameter> parameters,
      TrainingData data,
      TrainingSettings settings,
      Course course,
      Teaching teaching) {
    this.teaching = teaching;
    this.parameters = parameters;
    this.settings = settings;
    this.course = course;
    this.sgd = new Sgd(parameters, settings.momentum(), settings.weightDecay(), memory);
    this.source = data.source(settings);
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
    Torch.threads(threads);
    try (NDManager scope = Torch.scope()) {
      Examples examples = source.take(epoch, course.batch(step, worker), scope);
      double rate = settings.learningRate(course.done(step));
      Slope slope =
          Slope.of(() -> trainee.lesson(step, scope), examples, teaching.about(examples.images()));
      if (!Double.isFinite(slope.loss())) {
        throw new TrainingDivergedException(
            "the loss is " + slope.loss(), epoch, course.inEpoch(step), rate);
      }
      // Its pieces are too small to share: waking the other threads would take longer.
      Torch.threads(1);
      sgd.step(slope.gradients(), rate);
      return slope.loss();
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
