package dev.espalier.worker.cache;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.LocalMapStats;
import com.hazelcast.map.MapStore;
import dev.espalier.worker.request.CacheAddress;
import java.time.Duration;
import java.util.List;

/**
 * A member of the cache's cluster, in this process, from the hardened configuration. Thread-safe.
 */
public final class CacheMember implements AutoCloseable {

  private static final long PAUSE_MILLIS = 50;
  private static final int MEGABYTE_BITS = 20;

  private final HazelcastInstance instance;
  private final String secret;
  private final long limit;

  private CacheMember(Config config, String secret) {
    this.instance = Hazelcast.newHazelcastInstance(config);
    this.secret = secret;
    this.limit =
        (long) config.getMapConfig(HardenedConfig.MAP).getEvictionConfig().getSize()
            << MEGABYTE_BITS;
    // Readies the map store now; the first call of a client would be put off by a second for it.
    instance.getMap(HardenedConfig.MAP);
  }

  /**
   * Starts a member whose entries are lost with it.
   *
   * @param cluster name that members and clients must share
   * @param secret key of the values' HMAC in hexadecimal digits, or empty
   */
  public static CacheMember start(CacheSettings settings, String cluster, String secret) {
    return new CacheMember(HardenedConfig.member(settings, cluster), secret);
  }

  /** Starts a member whose entries are also kept elsewhere. */
  static CacheMember start(
      CacheSettings settings, String cluster, String secret, MapStore<String, byte[]> persistence) {
    return new CacheMember(HardenedConfig.member(settings, cluster, persistence), secret);
  }

  /** Where clients find this member. */
  public CacheAddress address() {
    return new CacheAddress(List.of(listening()), instance.getConfig().getClusterName(), secret);
  }

  /** Where this member listens, as HOST:PORT. */
  String listening() {
    Address address = instance.getCluster().getLocalMember().getAddress();
    return "%s:%d".formatted(address.getHost(), address.getPort());
  }

  /** Number of members of the cluster, this one too. */
  int members() {
    return instance.getCluster().getMembers().size();
  }

  /** What it holds and has done. */
  CacheStatistics statistics() {
    LocalMapStats map = instance.getMap(HardenedConfig.MAP).getLocalMapStats();
    return new CacheStatistics(
        map.getOwnedEntryCount(),
        map.getBackupEntryCount(),
        map.getHeapCost(),
        limit,
        map.getHits(),
        map.getEvictionCount(),
        members());
  }

  /** Returns when every entry is where it belongs, on two members if there are two, or in time. */
  boolean awaitSafe(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!instance.getPartitionService().isClusterSafe()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return true;
  }

  /** Leaves the cluster, after its entries are with the members that stay. */
  @Override
  public void close() {
    instance.shutdown();
  }
}
