package dev.espalier.pruningnet.training.parallel;

import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.training.Course;
import dev.espalier.pruningnet.training.Descent;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.pruningnet.training.Trainer;
import dev.espalier.pruningnet.training.TrainingListener;

/** The training of a job's PruningNet by several workers. */
public final class ParallelTraining {

  /** A worker is one core. */
  private static final int THREADS = 1;

  private ParallelTraining() {}

  /**
   * A trainer of a PruningNet.
   *
   * @param net untrained; must be open until the training ends
   * @param replicas of the training; closed with the trainer
   */
  public static Trainer trainer(
      PruningNetTraining training, PruningNet net, Replicas replicas, TrainingListener listener) {
    Course course = training.course();
    Descent average = new Descent(net.parameters(), training.data(), training.settings(), course);
    return new Trainer(
        new AveragedLearner(replicas, average, course, training.spec().training().averageEvery()),
        training.digest(),
        course,
        training.settings(),
        THREADS,
        listener);
  }
}
