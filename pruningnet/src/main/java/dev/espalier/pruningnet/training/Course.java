package dev.espalier.pruningnet.training;

import dev.espalier.search.job.BadInputException;

/**
 * The steps of a training. An epoch's whole batches are numbered; workers take them in turn, so
 * that in step s of the epoch worker w of n has batch n s + w and no two have the same image.
 *
 * @param epochs passes over the images
 * @param stepsPerEpoch steps of each worker in an epoch
 * @param workers how many train at the same time
 * @param batch images of a step of one worker
 */
public record Course(int epochs, int stepsPerEpoch, int workers, int batch) {

  /**
   * The steps of some workers over some images.
   *
   * @throws BadInputException if several workers have too few images for one step
   */
  public static Course of(TrainingData data, TrainingSettings settings, int workers) {
    int images = data.images().length;
    int batch = Math.min(settings.batch(), images);
    if (workers > 1 && images / batch < workers) {
      throw new BadInputException(
          "pruningNet.training.workers is %d, but %d training images are only %d batches of %d, expected at least one for each worker. Maybe use fewer workers or smaller batches?"
              .formatted(workers, images, images / batch, batch));
    }
    return new Course(settings.epochs(), images / batch / workers, workers, batch);
  }

  /** Steps of each worker over all epochs. */
  public long steps() {
    return (long) stepsPerEpoch * epochs;
  }

  /** The share of the training that is done before a step, in [0, 1). */
  public double done(long step) {
    return (double) step / steps();
  }

  /** The epoch of a step, from 0. */
  public int epoch(long step) {
    return (int) (step / stepsPerEpoch);
  }

  /** The number of a step within its epoch, from 0. */
  public int inEpoch(long step) {
    return (int) (step % stepsPerEpoch);
  }

  /** The batch of the epoch that a worker, from 0, has in a step. */
  int batch(long step, int worker) {
    return inEpoch(step) * workers + worker;
  }

  /** Images that all workers together see in a step. */
  int images() {
    return workers * batch;
  }
}
