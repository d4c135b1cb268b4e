package dev.espalier.worker.evaluate;

/** The parts of an evaluation that take time. */
public enum Stage {
  /** Making the weights of a structure. */
  GENERATE,
  /** Making its batch norm statistics. */
  RECALIBRATE,
  /** Classifying images. */
  SCORE
}
