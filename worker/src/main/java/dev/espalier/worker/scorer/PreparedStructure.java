package dev.espalier.worker.scorer;

/**
 * A structure with its weights, ready to be measured.
 *
 * <p>Used by one thread.
 */
public interface PreparedStructure extends AutoCloseable {

  /** Batch norm statistics from the recalibration images: the same bytes at every call. */
  byte[] recalibrate(Checkpoint checkpoint);

  /**
   * Scores one shard with given statistics.
   *
   * @throws dev.espalier.worker.failure.NotFiniteException if the scores are not numbers
   */
  ShardScore score(byte[] statistics, int shard, Checkpoint checkpoint);

  /** Frees the weights of this structure. */
  @Override
  void close();
}
