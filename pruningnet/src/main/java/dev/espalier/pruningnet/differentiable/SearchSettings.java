package dev.espalier.pruningnet.differentiable;

import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.TrainingSettings;
import dev.espalier.pruningnet.training.optimizer.Adam;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.PruningNetSpec;

/**
 * How an architecture is searched for. What is no component is as published: momentum 0.9, weight
 * decay 3e-4 of weights and 0 of scores, weight gradients clipped to norm 5, and Adam with betas
 * 0.5 and 0.999 and weight decay 1e-3 for the alphas.
 *
 * @param epochs passes over the images in each phase
 * @param rates step sizes
 * @param batch images per step, from each half of the images
 * @param sparsity what is kept from the prune phase on
 * @param order how the alphas' gradient is found
 * @param mostSkips the alphas stand still once the decided architecture has more than so many skips
 * @param augmentation how images are varied
 * @param format memory order of the images: speed and rounding
 * @param seed seed of initial values, halves, order of images and augmentation
 */
public record SearchSettings(
    Epochs epochs,
    Rates rates,
    int batch,
    Sparsity sparsity,
    Order order,
    int mostSkips,
    Augmentation augmentation,
    MemoryFormat format,
    long seed) {

  static final double MOST_NORM = 5;
  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 3e-4;
  private static final double BETA1 = 0.5;
  private static final double BETA2 = 0.999;
  private static final double ALPHA_DECAY = 1e-3;

  /** Refuses what cannot be searched with. */
  public SearchSettings {
    require(batch >= 1, "batch", batch, "at least 1");
    require(mostSkips >= 0, "mostSkips", mostSkips, "at least 0");
  }

  /**
   * Passes over the images in each phase; a phase of 0 is left out. Without prune and fine-tune it
   * is the search of DARTS for a dense network.
   */
  public record Epochs(int pretrain, int prune, int fineTune) {

    /** Refuses fewer than 0, and fine-tuning of masks that nobody has learned. */
    public Epochs {
      require(pretrain >= 0, "epochs.pretrain", pretrain, "at least 0");
      require(prune >= 0, "epochs.prune", prune, "at least 0");
      require(
          fineTune >= 0 && (fineTune == 0 || prune > 0),
          "epochs.fineTune",
          fineTune,
          "at least 0, and 0 without a prune phase");
      require(
          pretrain + prune > 0, "epochs.pretrain", pretrain, "at least 1 without a prune phase");
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
   * Step sizes; those of weights and scores fall to 0 along half a cosine in each phase.
   *
   * @param weights of the weights at the start of a phase
   * @param scores of the scores at the start of the prune phase
   * @param alphas of the alphas, always
   */
  public record Rates(double weights, double scores, double alphas) {

    /** The published ones. */
    public static final Rates PUBLISHED = new Rates(0.025, 0.1, 3e-4);

    /** Refuses steps of no size. */
    public Rates {
      require(weights > 0, "rates.weights", weights, "above 0");
      require(scores > 0, "rates.scores", scores, "above 0");
      require(alphas > 0, "rates.alphas", alphas, "above 0");
    }
  }

  /** How far the alphas' gradient looks ahead. */
  public enum Order {
    /** The weights are taken as they are. */
    FIRST,
    /** The weights are taken as after one more step, which itself depends on the alphas. */
    UNROLLED
  }

  /** How a phase learns its weights, or its scores. */
  TrainingSettings of(Phase phase) {
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

  /** How the alphas learn. */
  Adam.Settings ofAlphas() {
    return new Adam.Settings(rates.alphas(), BETA1, BETA2, ALPHA_DECAY);
  }

  private static void require(boolean holds, String name, Number found, String expected) {
    if (!holds) {
      throw new BadInputException(
          "differentiable: %s is %s, expected %s".formatted(name, found, expected));
    }
  }
}
