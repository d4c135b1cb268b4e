package dev.espalier.pruningnet.dataset.split;

/** What a part of the images is for. No image has two purposes. */
public enum Split {
  /** Trains weights and recalibrates batch norm. */
  TRAIN,
  /** Chooses structures. */
  SELECTION,
  /** Measures the chosen structures; never chooses. */
  CONFIRMATION,
  /** Measures what is published; never chooses. */
  TEST
}
