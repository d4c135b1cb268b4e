package dev.espalier.worker.scorer;

import dev.espalier.search.space.Structure;

/**
 * The port to weights and images: measures one structure after another. Used by one thread at a
 * time; several of them work side by side.
 */
public interface ShardScorer extends AutoCloseable {

  /** Number of shards that the images of the split are cut into, at least 1. */
  int shards();

  /**
   * Generates the weights of a structure, once, for everything that is then asked of it.
   *
   * @param checkpoint asked while the work can be broken off
   * @return open until it is closed; one at a time
   */
  PreparedStructure prepare(Structure structure, Checkpoint checkpoint);

  /** Frees what this scorer alone uses. */
  @Override
  void close();
}
