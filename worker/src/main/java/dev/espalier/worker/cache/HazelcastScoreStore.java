package dev.espalier.worker.cache;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.espalier.search.evaluation.ScoreStore;
import dev.espalier.worker.request.CacheAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of a worker: a Hazelcast client of the cache's member. Connecting and every call end
 * after a few seconds; a member that cannot be reached, or a value that is damaged, is a miss and
 * is counted.
 */
public final class HazelcastScoreStore implements ScoreStore {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastScoreStore.class);

  private final HazelcastInstance client;
  private final IMap<String, byte[]> map;
  private final Seal seal;
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong damaged = new AtomicLong();

  private HazelcastScoreStore(HazelcastInstance client, Seal seal) {
    this.client = client;
    this.map = client.getMap(HardenedConfig.MAP);
    this.seal = seal;
  }

  /** A store at an address; empty, with a warning in the log, if no member answers there. */
  public static Optional<HazelcastScoreStore> connect(CacheAddress address) {
    try {
      HazelcastInstance client = HazelcastClient.newHazelcastClient(HardenedConfig.client(address));
      return Optional.of(new HazelcastScoreStore(client, Seal.of(address.secret())));
    } catch (HazelcastException | IllegalStateException e) {
      LOG.warn("No score cache at {}: {}", address, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Map<String, byte[]> getAll(Set<String> keys) {
    Map<String, byte[]> found = new HashMap<>();
    try {
      map.getAll(keys)
          .forEach(
              (key, tagged) ->
                  seal.open(key, tagged)
                      .ifPresentOrElse(value -> found.put(key, value), this::countDamaged));
    } catch (RuntimeException e) {
      count(e);
    }
    return found;
  }

  @Override
  public void putAll(Map<String, byte[]> values) {
    Map<String, byte[]> tagged = new HashMap<>();
    values.forEach((key, value) -> tagged.put(key, seal.close(key, value)));
    try {
      if (tagged.size() == 1) {
        // Scores come one by one, and a map of one entry takes Hazelcast several times as long.
        tagged.forEach(map::set);
      } else {
        map.setAll(tagged);
      }
    } catch (RuntimeException e) {
      count(e);
    }
  }

  /** Calls that failed since the store was opened. */
  public long failures() {
    return failures.get();
  }

  /** Values that were found damaged since the store was opened. */
  public long damaged() {
    return damaged.get();
  }

  @Override
  public void close() {
    client.shutdown();
  }

  private void countDamaged() {
    if (damaged.incrementAndGet() == 1) {
      LOG.warn("The score cache holds a damaged or forged value; such scores are measured anew");
    }
  }

  private void count(RuntimeException e) {
    if (failures.incrementAndGet() == 1) {
      LOG.warn("The score cache fails; going on without what it holds: {}", e.toString());
    }
  }
}
