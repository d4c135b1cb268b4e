package dev.espalier.search.simulation;

/** How a disk can fail at a write. */
public enum DiskFault {
  /** The machine goes off before it. */
  POWER_LOSS,
  /** The process is killed before it: what was written can still be read. */
  KILL,
  /** It is full: half of the bytes fit (ENOSPC). */
  FULL,
  /** It reports an error (EIO). */
  BROKEN,
  /** A bit of the newest checkpoint flips, and nobody is told. */
  ROT
}
