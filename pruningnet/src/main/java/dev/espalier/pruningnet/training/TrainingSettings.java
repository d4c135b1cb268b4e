package dev.espalier.pruningnet.training;

import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.search.job.PruningNetSpec;

/**
 * How a model is trained: stochastic gradient descent with momentum on a cross-entropy with
 * smoothed labels.
 *
 * @param epochs passes over the training images
 * @param batch images per step
 * @param learningRate step size at the start
 * @param schedule how the step size falls
 * @param momentum share of the last step that goes on, in [0, 1)
 * @param weightDecay added to the gradient for each unit of a parameter's value
 * @param labelSmoothing share of the target spread over all classes, in [0, 1)
 * @param augmentation how images are varied
 * @param format memory order of the images: speed and rounding
 * @param seed seed of initial weights, order of images, augmentation and structures
 */
public record TrainingSettings(
    int epochs,
    int batch,
    double learningRate,
    PruningNetSpec.Schedule schedule,
    double momentum,
    double weightDecay,
    double labelSmoothing,
    Augmentation augmentation,
    MemoryFormat format,
    long seed) {

  /** Refuses values outside of their range, naming the setting. */
  public TrainingSettings {
    require(epochs >= 1, "epochs", epochs, "at least 1");
    require(batch >= 1, "batch", batch, "at least 1");
    require(learningRate > 0, "learningRate", learningRate, "above 0");
    require(momentum >= 0 && momentum < 1, "momentum", momentum, "in [0, 1)");
    require(weightDecay >= 0, "weightDecay", weightDecay, "at least 0");
    require(
        labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing", labelSmoothing, "in [0, 1)");
  }

  /** A job's settings of its PruningNet, with the momentum of the paper. */
  public static TrainingSettings of(PruningNetSpec spec) {
    return new TrainingSettings(
        spec.epochs(),
        spec.batch(),
        spec.learningRate(),
        spec.schedule(),
        0.9,
        0,
        spec.labelSmoothing(),
        Augmentation.STANDARD,
        MemoryFormat.CHANNELS_LAST,
        spec.seed());
  }

  /** The step size after a share of the training, in [0, 1). */
  public double learningRate(double done) {
    return learningRate
        * switch (schedule) {
          case LINEAR -> 1 - done;
          case COSINE -> (1 + Math.cos(Math.PI * done)) / 2;
          case STEP -> Math.pow(0.1, Math.floor(4 * done));
        };
  }

  private static void require(boolean holds, String name, Number found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "training: %s is %s, expected %s".formatted(name, found, expected));
    }
  }
}
