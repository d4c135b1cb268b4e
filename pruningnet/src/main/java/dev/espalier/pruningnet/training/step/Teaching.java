package dev.espalier.pruningnet.training.step;

import ai.djl.ndarray.NDArray;

/** What a network learns from besides its images. Used by one thread. */
public interface Teaching {

  /** Labels alone. */
  Teaching LABELS =
      new Teaching() {
        @Override
        public Objective about(NDArray images) {
          return Objective.LABELS;
        }

        @Override
        public String digest() {
          return "";
        }
      };

  /**
   * The objective of a step.
   *
   * @param images of the step, exactly as the network that learns sees them; what the objective
   *     needs of them lives in their scope
   */
  Objective about(NDArray images);

  /** SHA-256 of all that decides what it teaches; empty for labels alone. */
  String digest();
}
