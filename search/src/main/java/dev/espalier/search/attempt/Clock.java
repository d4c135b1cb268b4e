package dev.espalier.search.attempt;

import java.time.Duration;

/** The port to time that never goes back. Thread-safe. */
@FunctionalInterface
public interface Clock {

  /** Time since some moment that stays the same as long as the process lives. */
  Duration now();
}
