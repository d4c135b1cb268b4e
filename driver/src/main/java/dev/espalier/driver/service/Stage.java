package dev.espalier.driver.service;

import java.util.Locale;

/** Where a job stands. */
public enum Stage {
  /** Opens the data, builds the network. */
  PREPARING,
  /** Finds the architecture of the network, where it is not given. */
  FINDING,
  /** Trains the PruningNet. */
  TRAINING,
  /** Measures whether the PruningNet is worth searching with, and how it is best evaluated. */
  CHECKING,
  /** Evaluates structures. */
  SEARCHING,
  /** Measures the best structures and the baselines on images that chose nothing. */
  CONFIRMING,
  /** Trains confirmed structures by themselves, and measures them. */
  FINETUNING,
  /** Ended well. */
  DONE,
  /** Ended by an error; {@code resume} tries again from there. */
  FAILED,
  /** Ended early, by a signal or {@code cancel}; {@code resume} goes on from there. */
  STOPPED;

  /** Its name in files and on the screen. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it ended by itself, well or not. */
  boolean settled() {
    return this == DONE || this == FAILED;
  }

  /** Whether nothing more happens unless someone resumes the job. */
  public boolean ended() {
    return this == DONE || this == FAILED || this == STOPPED;
  }
}
