package dev.espalier.worker.cache;

import dev.espalier.search.evaluation.ScoreStore;
import java.util.Map;
import java.util.Set;

/** The store of a job without a cache: every key is a miss. */
public final class NoScoreStore implements ScoreStore {

  @Override
  public Map<String, byte[]> getAll(Set<String> keys) {
    return Map.of();
  }

  @Override
  public void putAll(Map<String, byte[]> values) {}

  @Override
  public void close() {}
}
