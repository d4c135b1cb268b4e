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
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Trains a model. The same trainee, images, settings and number of threads give the same
 * parameters, bit for bit, however often the training is stopped and resumed.
 *
 * <p>An epoch has only whole batches, of other images each time. One training at a time in a
 * process, on one thread: the engine collects gradients for one.
 */
public final class Trainer implements AutoCloseable {

  private final Trainee trainee;
  private final TrainingData data;
  private final TrainingSettings settings;
  private final TrainingListener listener;
  private final NDManager memory = Torch.scope();
  private final Sgd sgd;
  private final PixelScaling scaling;
  private final Batch batch;
  private final int stepsPerEpoch;
  private final EpochMeter meter = new EpochMeter();
  private int threads;
  private long step;
  private BatchSource source;

  /**
   * Prepares a training.
   *
   * @param threads of the engine; a resumed training keeps the number it began with
   */
  public Trainer(
      Trainee trainee,
      TrainingData data,
      TrainingSettings settings,
      int threads,
      TrainingListener listener) {
    this.trainee = trainee;
    this.data = data;
    this.settings = settings;
    this.listener = listener;
    this.threads = threads;
    this.sgd = new Sgd(trainee.parameters(), settings.momentum(), settings.weightDecay(), memory);
    this.scaling = PixelScaling.of(data.dataset().info().mean(), data.dataset().info().std());
    this.source = source(0);
    this.batch = source.newBatch();
    this.stepsPerEpoch = Math.max(1, source.images() / settings.batch());
  }

  /** SHA-256 of all that decides what is learned: model, settings and images. */
  public String digest() {
    return digest(trainee.digest(), data, settings);
  }

  static String digest(String trainee, TrainingData data, TrainingSettings settings) {
    return Sha256.of("%s %s %s".formatted(trainee, data.digest(), settings));
  }

  /**
   * Trains to the end, from the newest checkpoint if there is one.
   *
   * @param stop asked between two steps; true stops there, after a checkpoint
   * @return whether the training is finished
   * @throws TrainingDivergedException if the loss is no longer a number
   */
  public boolean train(Checkpoints checkpoints, BooleanSupplier stop) {
    checkpoints
        .load(digest(), arrays(), listener)
        .ifPresent(
            state -> {
              step = state.step();
              threads = state.threads();
              source = source(epoch());
            });
    long saved = step;
    while (!isFinished()) {
      boolean stopping = stop.getAsBoolean();
      if (!stopping) {
        step();
      }
      boolean due = stopping || step % stepsPerEpoch == 0 || step % checkpoints.interval() == 0;
      if (due && step != saved) {
        checkpoints.save(digest(), new Checkpoints.State(step, threads), arrays());
        saved = step;
      }
      if (stopping) {
        return false;
      }
    }
    return true;
  }

  /** Trains to the end without checkpoints. */
  public void train() {
    while (!isFinished()) {
      step();
    }
  }

  /** Number of steps of the whole training. */
  public long steps() {
    return (long) stepsPerEpoch * settings.epochs();
  }

  @Override
  public void close() {
    memory.close();
  }

  private boolean isFinished() {
    return step == steps();
  }

  private int epoch() {
    return (int) (step / stepsPerEpoch);
  }

  private void step() {
    int epoch = epoch();
    int inEpoch = (int) (step % stepsPerEpoch);
    double rate = settings.learningRate((double) step / steps());
    long start = System.nanoTime();
    Torch.threads(threads);
    source.fill(inEpoch, batch);
    double loss = descend(epoch, inEpoch, rate);
    step++;
    double speed = meter.add(batch.size(), System.nanoTime() - start, loss);
    listener.step(
        new TrainingListener.Step(
            epoch, settings.epochs(), inEpoch, stepsPerEpoch, loss, rate, speed));
    if (inEpoch == stepsPerEpoch - 1) {
      listener.epoch(meter.finish(epoch, settings.epochs()));
      source = source(epoch + 1);
    }
  }

  private double descend(int epoch, int inEpoch, double rate) {
    try (NDManager scope = Torch.scope()) {
      Shape shape = data.dataset().info().shape();
      NDArray images =
          scaling.tensor(batch.images(), batch.size(), shape, settings.format(), scope);
      int classes = data.dataset().info().classes().size();
      NDArray targets =
          CrossEntropy.targets(
              batch.labels(), batch.size(), classes, settings.labelSmoothing(), scope);
      Lesson lesson = trainee.lesson(step, scope);
      double loss = backward(lesson, images, targets);
      if (!Double.isFinite(loss)) {
        throw new TrainingDivergedException(loss, epoch, inEpoch, rate);
      }
      Gradients gradients = lesson.gradients().get();
      // Its pieces are too small to share: waking the other threads would take longer.
      Torch.threads(1);
      sgd.step(gradients, rate);
      return loss;
    }
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

  private List<Parameter> arrays() {
    return Stream.concat(trainee.parameters().stream(), sgd.momenta().stream()).toList();
  }
}
