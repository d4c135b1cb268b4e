package dev.espalier.pruningnet.training.phases;

import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.TrainingSettings;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.PruningNetSpec;
import java.util.Arrays;
import java.util.List;

/**
 * How a network is trained to be sparse. What is no component is as published: momentum 0.9, and
 * weight decay 3e-4 of weights and 0 of scores.
 *
 * @param epochs passes over the images in each phase
 * @param rates step sizes
 * @param batch images per step
 * @param sparsity what is kept from the prune phase on
 * @param augmentation how images are varied
 * @param format memory order of the images: speed and rounding
 * @param seed seed of initial values, order of images and augmentation
 */
public record PhasedSettings(
    Epochs epochs,
    Rates rates,
    int batch,
    Sparsity sparsity,
    Augmentation augmentation,
    MemoryFormat format,
    long seed) {

  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 3e-4;

  /** Refuses a batch without images. */
  public PhasedSettings {
    require(batch >= 1, "batch", batch, "at least 1");
  }

  /**
   * Passes over the images in each phase; a phase of 0 is left out. Without a prune phase, what is
   * kept are the largest pretrained weights.
   */
  public record Epochs(int pretrain, int prune, int fineTune) {

    /** Refuses fewer than 0, and no phase at all. */
    public Epochs {
      require(pretrain >= 0, "epochs.pretrain", pretrain, "at least 0");
      require(prune >= 0, "epochs.prune", prune, "at least 0");
      require(fineTune >= 0, "epochs.fineTune", fineTune, "at least 0");
      require(
          pretrain + prune + fineTune > 0,
          "epochs.pretrain",
          pretrain,
          "at least 1 if there is no other phase");
    }

    /** The passes of one phase. */
    public int of(Phase phase) {
      return switch (phase) {
        case PRETRAIN -> pretrain;
        case PRUNE -> prune;
        case FINE_TUNE -> fineTune;
      };
    }
  }

  /**
   * Step sizes at the start of a phase, from where they fall to 0 along half a cosine.
   *
   * @param weights of the weights
   * @param scores of the scores
   */
  public record Rates(double weights, double scores) {

    /** The published ones. */
    public static final Rates PUBLISHED = new Rates(0.025, 0.1);

    /** Refuses steps of no size. */
    public Rates {
      require(weights > 0, "rates.weights", weights, "above 0");
      require(scores > 0, "rates.scores", scores, "above 0");
    }
  }

  /** The phases that have epochs, in order. */
  public List<Phase> phases() {
    return Arrays.stream(Phase.values()).filter(phase -> epochs.of(phase) > 0).toList();
  }

  /** How a phase that has epochs learns its weights, or its scores. */
  public TrainingSettings of(Phase phase) {
    boolean scores = phase == Phase.PRUNE;
    return new TrainingSettings(
        epochs.of(phase),
        batch,
        scores ? rates.scores() : rates.weights(),
        PruningNetSpec.Schedule.COSINE,
        MOMENTUM,
        scores ? 0 : WEIGHT_DECAY,
        0,
        augmentation,
        format,
        seed);
  }

  /** Whether the scores are set to the weights' magnitudes before a phase. */
  public boolean scoresByMagnitudeBefore(Phase phase) {
    return switch (phase) {
      case PRETRAIN -> false;
      case PRUNE -> true;
      case FINE_TUNE -> epochs.pretrain() > 0 && epochs.prune() == 0;
    };
  }

  private static void require(boolean holds, String name, Number found, String expected) {
    if (!holds) {
      throw new BadInputException(
          "sparse training: %s is %s, expected %s".formatted(name, found, expected));
    }
  }
}
