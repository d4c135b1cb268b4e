package dev.espalier.pruningnet.training;

import dev.espalier.search.job.BadInputException;
import java.nio.file.Path;

/**
 * Hears how a training goes. Called by the training thread between two steps, when parameters stand
 * still: the place to measure accuracy. What it takes is not counted in images per second.
 */
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /**
   * A finished step.
   *
   * @param epoch from 0
   * @param epochs number of epochs of the training
   * @param step within the epoch, from 0
   * @param steps number of steps of an epoch
   * @param loss mean loss of the batch
   * @param learningRate step size
   * @param imagesPerSecond speed of this step
   */
  record Step(
      int epoch,
      int epochs,
      int step,
      int steps,
      double loss,
      double learningRate,
      double imagesPerSecond) {}

  /**
   * A finished epoch, or the part of it since the training was resumed.
   *
   * @param epoch from 0
   * @param epochs number of epochs of the training
   * @param loss mean loss of its steps
   * @param imagesPerSecond mean speed of its steps
   */
  record Epoch(int epoch, int epochs, double loss, double imagesPerSecond) {}

  /** After every step. */
  default void step(Step step) {}

  /** After the last step of every epoch. */
  default void epoch(Epoch epoch) {}

  /**
   * Before the first step, if there was a checkpoint.
   *
   * @param step how many steps were done before, over all epochs
   */
  default void resumed(Path checkpoint, long step) {}

  /** Before the first step: a checkpoint cannot be read and is passed over for an older one. */
  default void damaged(BadInputException problem) {}
}
