package dev.espalier.pruningnet.differentiable;

import dev.espalier.pruningnet.training.optimizer.Adam;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.NetworkSpec;

/**
 * How an architecture is searched for. What is no component is as published: weight gradients are
 * clipped to norm 5, Adam has betas 0.5 and 0.999 and weight decay 1e-3, and the alphas stand still
 * in the first three tenths of the pretrain epochs. Without prune and fine-tune phases it is the
 * search of DARTS for a dense network.
 *
 * @param phases how weights and scores are learned; batches are taken from each half of the images
 * @param alphaRate step size of the alphas, always
 * @param order how the alphas' gradient is found
 * @param mostSkips the alphas stand still once the decided architecture has more than so many skips
 */
public record SearchSettings(
    PhasedSettings phases, double alphaRate, NetworkSpec.Order order, int mostSkips) {

  /** The published step size of the alphas. */
  public static final double ALPHA_RATE = 3e-4;

  /** Skips that are too many in DARTS+ are more than these. */
  public static final int MOST_SKIPS = 2;

  static final double MOST_NORM = 5;
  private static final double BETA1 = 0.5;
  private static final double BETA2 = 0.999;
  private static final double ALPHA_DECAY = 1e-3;

  /** Refuses what cannot be searched with. */
  public SearchSettings {
    require(alphaRate > 0, "alphaRate", alphaRate, "above 0");
    require(mostSkips >= 0, "mostSkips", mostSkips, "at least 0");
  }

  /**
   * The pretrain epochs before the alphas begin to learn, 15 of 50 in "PC-DARTS: Partial Channel
   * Connections for Memory-Efficient Architecture Search" (2020): as long as weights know little,
   * operations without weights look best.
   */
  int warmUp() {
    return phases.epochs().pretrain() * 3 / 10;
  }

  /** How the alphas learn. */
  Adam.Settings ofAlphas() {
    return new Adam.Settings(alphaRate, BETA1, BETA2, ALPHA_DECAY);
  }

  private static void require(boolean holds, String name, Number found, String expected) {
    if (!holds) {
      throw new BadInputException(
          "differentiable: %s is %s, expected %s".formatted(name, found, expected));
    }
  }
}
