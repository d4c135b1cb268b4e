package dev.espalier.worker.evaluate;

import java.time.Duration;

/** Told when there is nobody to do the work, by the thread that waits for it. */
public interface WorkersObserver {

  /** Takes note that there has been nobody for a time; told once for each absence. */
  default void noWorkers(Duration since) {}

  /** Takes note that there are workers again, after an absence that was told. */
  default void workersAreBack() {}
}
