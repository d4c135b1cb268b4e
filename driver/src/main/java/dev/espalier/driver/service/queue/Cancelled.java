package dev.espalier.driver.service.queue;

/** What became of the wish to stop a job of the queue. */
public enum Cancelled {
  /** It waited, and is out of the queue now. */
  WITHDRAWN,
  /** A service runs it, and will stop it at its next safe point. */
  ASKED,
  /** The same, and somebody has asked for it before. */
  ASKED_BEFORE
}
