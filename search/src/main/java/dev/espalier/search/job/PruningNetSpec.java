package dev.espalier.search.job;

/**
 * How a PruningNet is built and trained, after "MetaPruning: Meta Learning for Automatic Neural
 * Network Channel Pruning" (2019). Jobs with equal settings, network, space and data share one.
 *
 * @param hidden units of each weight generator's hidden layer
 * @param epochs passes over the training images
 * @param batch images per step
 * @param learningRate step size at the start
 * @param schedule how the step size falls
 * @param labelSmoothing share of the target spread over all classes, in [0, 1)
 * @param sandwich every this many steps the widest and the narrowest structure are trained in place
 *     of a random one; 0 never, and not 1, which would leave the random ones no step
 * @param distillation weight of the widest structure's scores in the target, in [0, 1]; 0 is off;
 *     needs {@code sandwich}
 * @param seed seed of initial weights, order of images, augmentation and structures
 * @param training on how many workers
 */
public record PruningNetSpec(
    int hidden,
    int epochs,
    int batch,
    double learningRate,
    Schedule schedule,
    double labelSmoothing,
    int sandwich,
    double distillation,
    long seed,
    Training training) {

  /** Settings for networks of 32x32 images. */
  public static final PruningNetSpec DEFAULT =
      new PruningNetSpec(32, 20, 128, 0.1, Schedule.COSINE, 0.1, 4, 0, 1, Training.ALONE);

  /** Refuses settings under which random structures, or the teacher, are never trained. */
  public PruningNetSpec {
    if (sandwich == 1) {
      throw new BadInputException(
          "pruningNet.sandwich is 1, which leaves no step to random structures, expected 0 or at"
              + " least 2. Maybe set it to 2.");
    }
    if (distillation > 0 && sandwich == 0) {
      throw new BadInputException(
          ("pruningNet.distillation is %s, but with sandwich 0 the widest structure, which would"
                  + " teach, is never trained. Maybe set sandwich to 4.")
              .formatted(distillation));
    }
  }

  /**
   * How many workers train at the same time, each a model of its own on images of its own.
   *
   * @param workers 1 trains in the process of the job, more on the workers of its master
   * @param averageEvery steps of each worker after which their models are averaged; with 1 worker
   *     without meaning
   */
  public record Training(int workers, int averageEvery) {

    /** One worker. */
    public static final Training ALONE = new Training(1, 16);
  }

  /** How the step size falls to its end. */
  public enum Schedule {
    /** In a straight line to 0. */
    LINEAR,
    /** Along half a cosine to 0. */
    COSINE,
    /** By 0.1 at one, two and three quarters. */
    STEP
  }
}
