package dev.espalier.worker.scorer;

/**
 * A place where long work asks whether it may go on. Called between batches and between shards,
 * from the thread that evaluates.
 */
@FunctionalInterface
public interface Checkpoint {

  /**
   * Returns if the work may go on.
   *
   * @throws dev.espalier.worker.failure.TimeLimitException if its time is used up
   * @throws java.util.concurrent.CancellationException if nobody waits for the result any more
   */
  void check();
}
