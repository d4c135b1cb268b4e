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
 * @param sandwich every this many steps the widest and the narrowest structure are trained; 0 never
 * @param distillation weight of the widest structure's scores in the target, in [0, 1]; 0 is off
 * @param seed seed of initial weights, order of images, augmentation and structures
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
    long seed) {

  /** Settings for networks of 32x32 images. */
  public static final PruningNetSpec DEFAULT =
      new PruningNetSpec(32, 20, 128, 0.1, Schedule.COSINE, 0.1, 4, 0, 1);

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
