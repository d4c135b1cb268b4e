package dev.espalier.worker.scorer;

import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.scoring.ShardScore;

/**
 * A structure with its weights, ready to be measured.
 *
 * <p>Used by one thread.
 */
public interface PreparedStructure extends AutoCloseable {

  /** Batch norm statistics from the recalibration images: the same at every call. */
  Statistics recalibrate(Checkpoint betweenBatches);

  /** Scores one shard with given statistics. */
  ShardScore score(Statistics statistics, int shard, Checkpoint betweenBatches);

  /** Frees the weights of this structure. */
  @Override
  void close();
}
