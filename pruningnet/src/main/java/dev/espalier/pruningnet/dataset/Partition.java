package dev.espalier.pruningnet.dataset;

/** The parts that a data set comes in. How the pool is used is decided by {@code split}. */
public enum Partition {
  /** Images to train on, to choose and to confirm structures with. */
  POOL,
  /** Images that the source keeps apart for testing. */
  TEST
}
