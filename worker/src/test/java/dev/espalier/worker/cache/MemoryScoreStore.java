package dev.espalier.worker.cache;

import dev.espalier.search.evaluation.ScoreStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A store within this process, without a bound: for tests. */
public final class MemoryScoreStore implements ScoreStore {

  private final Map<String, byte[]> values = new ConcurrentHashMap<>();

  @Override
  public Map<String, byte[]> getAll(Set<String> keys) {
    Map<String, byte[]> found = new HashMap<>();
    for (String key : keys) {
      byte[] value = values.get(key);
      if (value != null) {
        found.put(key, value.clone());
      }
    }
    return found;
  }

  @Override
  public void putAll(Map<String, byte[]> entries) {
    entries.forEach((key, value) -> values.put(key, value.clone()));
  }

  @Override
  public void close() {}
}
