package dev.espalier.pruningnet.training.trainee;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.tensor.Parameter;
import java.util.List;

/** A model that a {@code Trainer} trains. Its parameters must be in memory until training ends. */
public sealed interface Trainee
    permits PruningNetTrainee, NetworkTrainee, ScoreTrainee, MaskedTrainee {

  /** All that is learned, in a fixed order. */
  List<Parameter> parameters();

  /** SHA-256 of all that decides, besides data and settings, what is learned. */
  String digest();

  /**
   * What to run in a step, with weights that collect their gradients.
   *
   * @param step from 0, over all epochs
   * @param scope memory of the step
   */
  Lesson lesson(long step, NDManager scope);
}
