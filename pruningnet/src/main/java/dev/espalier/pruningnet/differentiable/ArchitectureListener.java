package dev.espalier.pruningnet.differentiable;

import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.phases.Phase;
import dev.espalier.search.architecture.Alphas;
import dev.espalier.search.architecture.Architecture;

/**
 * Hears how a search goes: its phases, the steps and epochs of each one, and what the alphas say.
 * Called by the searching thread.
 */
public interface ArchitectureListener extends TrainingListener {

  /** Hears nothing. */
  ArchitectureListener UNHEARD = new ArchitectureListener() {};

  /**
   * The alphas after an epoch.
   *
   * @param phase of the search
   * @param epoch within the phase, from 0
   * @param alphas as they are
   * @param architecture what they choose
   * @param stopped whether they stand still, since a later architecture had too many skips
   */
  record Decision(
      Phase phase, int epoch, Alphas alphas, Architecture architecture, boolean stopped) {}

  /** Before the steps of a phase, or before it goes on from a checkpoint. */
  default void phase(Phase phase) {}

  /** After every epoch, before {@link #epoch}. */
  default void decided(Decision decision) {}
}
