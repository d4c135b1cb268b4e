package dev.espalier.search.evaluation;

import java.util.Map;
import java.util.Set;

/**
 * The port of a cache shared by workers: immutable bytes under content keys. It only saves work: an
 * implementation may lose any entry at any time, and its own failures are misses, never exceptions.
 *
 * <p>Thread-safe.
 */
public interface ScoreStore extends AutoCloseable {

  /** The values known for some of the keys. */
  Map<String, byte[]> getAll(Set<String> keys);

  /** Keeps values; a key always has the same value, so writing twice changes nothing. */
  void putAll(Map<String, byte[]> values);

  @Override
  void close();
}
