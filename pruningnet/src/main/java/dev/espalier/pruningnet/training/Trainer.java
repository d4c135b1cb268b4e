package dev.espalier.pruningnet.training;

import dev.espalier.pruningnet.training.step.Teaching;
import dev.espalier.pruningnet.training.trainee.Trainee;
import dev.espalier.search.digest.Sha256;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Trains a model. The same trainee, images, settings and number of threads give the same
 * parameters, bit for bit, however often the training is stopped and resumed.
 *
 * <p>An epoch has only whole batches, of other images each time. Used by one thread.
 */
public final class Trainer implements AutoCloseable {

  private final Learner learner;
  private final String digest;
  private final Course course;
  private final TrainingSettings settings;
  private final TrainingListener listener;
  private final EpochMeter meter = new EpochMeter();
  private int threads;
  private long step;

  /**
   * Prepares a training.
   *
   * @param learner does the steps; closed with this
   * @param digest of the training: all that decides what is learned
   * @param course how many steps there are
   * @param threads of the engine for each model; a resumed training keeps the number it began with
   */
  public Trainer(
      Learner learner,
      String digest,
      Course course,
      TrainingSettings settings,
      int threads,
      TrainingListener listener) {
    this.learner = learner;
    this.digest = digest;
    this.course = course;
    this.settings = settings;
    this.threads = threads;
    this.listener = listener;
  }

  /** Prepares to train one model on the thread that calls {@link #train}. */
  public static Trainer of(
      Trainee trainee,
      TrainingData data,
      TrainingSettings settings,
      int threads,
      TrainingListener listener) {
    return of(trainee, data, settings, Teaching.LABELS, threads, listener);
  }

  /**
   * The same with a teacher.
   *
   * @param teaching must be open until the training ends
   */
  public static Trainer of(
      Trainee trainee,
      TrainingData data,
      TrainingSettings settings,
      Teaching teaching,
      int threads,
      TrainingListener listener) {
    Course course = Course.of(data, settings, 1);
    return new Trainer(
        new LocalLearner(
            trainee, new Descent(trainee.parameters(), data, settings, course, teaching)),
        digest(digest(trainee.digest(), data, settings), teaching),
        course,
        settings,
        threads,
        listener);
  }

  /** SHA-256 of all that decides what is learned: model, settings and images. */
  public String digest() {
    return digest;
  }

  private static String digest(String untaught, Teaching teaching) {
    return teaching.digest().isEmpty()
        ? untaught
        : Sha256.of("%s teacher %s".formatted(untaught, teaching.digest()));
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
        .load(digest, learner.state(), listener)
        .ifPresent(
            state -> {
              step = state.step();
              threads = state.threads();
            });
    long saved = step;
    while (!isFinished()) {
      boolean stopping = stop.getAsBoolean() || !advance(stop);
      boolean due =
          stopping
              || course.inEpoch(step) == 0
              || step / checkpoints.interval() != saved / checkpoints.interval();
      if (due && step != saved) {
        checkpoints.save(digest, new Checkpoints.State(step, threads), learner.state());
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
      advance(() -> false);
    }
  }

  /** Number of steps of the whole training. */
  public long steps() {
    return course.steps();
  }

  @Override
  public void close() {
    learner.close();
  }

  private boolean isFinished() {
    return step == steps();
  }

  /** Does the learner's next steps; false if it was asked to stop. */
  private boolean advance(BooleanSupplier stop) {
    long start = System.nanoTime();
    List<Double> losses = learner.learn(step, threads, stop);
    long nanos = System.nanoTime() - start;
    losses.forEach(loss -> tell(loss, nanos / losses.size()));
    return !losses.isEmpty();
  }

  private void tell(double loss, long nanos) {
    int epoch = course.epoch(step);
    int inEpoch = course.inEpoch(step);
    double rate = settings.learningRate(course.done(step));
    step++;
    double speed = meter.add(course.images(), nanos, loss);
    listener.step(
        new TrainingListener.Step(
            epoch, course.epochs(), inEpoch, course.stepsPerEpoch(), loss, rate, speed));
    if (course.inEpoch(step) == 0) {
      listener.epoch(meter.finish(epoch, course.epochs()));
    }
  }
}
