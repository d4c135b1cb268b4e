package dev.espalier.worker.cache;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MapStoreConfig;
import com.hazelcast.config.MapStoreConfig.InitialLoadMode;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.NearCacheConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.map.MapStore;
import dev.espalier.worker.request.CacheAddress;
import java.util.Map;

/**
 * The Hazelcast configurations of a member and of a client, built from nothing so that no file of
 * the surroundings changes them: one address, no discovery but a list, no Jet, no code or Java
 * objects from outside, no REST, no calls home.
 */
final class HardenedConfig {

  /** Name of the one map. */
  static final String MAP = "scores";

  /** Copies of each entry on other members, so that losing one of them loses nothing. */
  private static final int BACKUPS = 1;

  private static final int NEAR_CACHE_ENTRIES = 10_000;
  private static final int CONNECT_MILLIS = 2_000;

  /** Of members and clients. */
  private static final Map<String, String> COMMON =
      Map.of(
          "hazelcast.logging.type", "slf4j",
          "hazelcast.phone.home.enabled", "false",
          "hazelcast.shutdownhook.enabled", "false");

  /** A cache beside a search gets few threads and few partitions: the cores are for evaluations. */
  private static final Map<String, String> MEMBER =
      Map.of(
          "hazelcast.socket.bind.any", "false",
          "hazelcast.wait.seconds.before.join", "0",
          "hazelcast.graceful.shutdown.max.wait", "30",
          "hazelcast.partition.count", "31",
          "hazelcast.operation.thread.count", "2",
          "hazelcast.operation.generic.thread.count", "2",
          "hazelcast.io.thread.count", "1",
          "hazelcast.event.thread.count", "1",
          "hazelcast.clientengine.thread.count", "2");

  private static final Map<String, String> CLIENT =
      Map.of(
          "hazelcast.client.invocation.timeout.seconds", "5",
          "hazelcast.client.heartbeat.interval", "1000",
          "hazelcast.client.heartbeat.timeout", "5000");

  private HardenedConfig() {}

  /** A member whose entries are also kept by a map store. */
  static Config member(
      CacheSettings settings, String cluster, MapStore<String, byte[]> persistence) {
    Config config = member(settings, cluster);
    config
        .getMapConfig(MAP)
        .setMapStoreConfig(
            new MapStoreConfig()
                .setEnabled(true)
                .setImplementation(persistence)
                .setInitialLoadMode(InitialLoadMode.EAGER)
                .setWriteDelaySeconds(0)
                .setOffload(false));
    return config;
  }

  /** A member whose entries live in memory only. */
  static Config member(CacheSettings settings, String cluster) {
    Config config = new Config();
    config.setClusterName(cluster);
    COMMON.forEach(config::setProperty);
    MEMBER.forEach(config::setProperty);
    config.getJetConfig().setEnabled(false).setResourceUploadEnabled(false);
    config.getRestConfig().setEnabled(false);
    config.getManagementCenterConfig().setDataAccessEnabled(false);
    config.getSerializationConfig().setJavaSerializationFilterConfig(refuseAll());
    network(config.getNetworkConfig(), settings);
    config.addMapConfig(
        new MapConfig(MAP)
            .setInMemoryFormat(InMemoryFormat.BINARY)
            .setBackupCount(BACKUPS)
            .setStatisticsEnabled(true)
            .setEvictionConfig(
                new EvictionConfig()
                    .setEvictionPolicy(EvictionPolicy.LRU)
                    .setMaxSizePolicy(MaxSizePolicy.USED_HEAP_SIZE)
                    .setSize(settings.memoryMegabytes())));
    return config;
  }

  /** A client that gives up early: what it cannot reach in time is a miss. */
  static ClientConfig client(CacheAddress address) {
    ClientConfig config = new ClientConfig();
    config.setClusterName(address.cluster());
    COMMON.forEach(config::setProperty);
    CLIENT.forEach(config::setProperty);
    config.getSerializationConfig().setJavaSerializationFilterConfig(refuseAll());
    config
        .getNetworkConfig()
        .setAddresses(address.members())
        .setConnectionTimeout(CONNECT_MILLIS)
        .getAutoDetectionConfig()
        .setEnabled(false);
    config
        .getConnectionStrategyConfig()
        .setReconnectMode(ReconnectMode.ASYNC)
        .getConnectionRetryConfig()
        .setInitialBackoffMillis(100)
        .setMaxBackoffMillis(500)
        .setClusterConnectTimeoutMillis(CONNECT_MILLIS);
    // Values never change under their key, so nothing is ever invalidated.
    config.addNearCacheConfig(
        new NearCacheConfig(MAP)
            .setInMemoryFormat(InMemoryFormat.BINARY)
            .setInvalidateOnChange(false)
            .setEvictionConfig(
                new EvictionConfig()
                    .setEvictionPolicy(EvictionPolicy.LRU)
                    .setMaxSizePolicy(MaxSizePolicy.ENTRY_COUNT)
                    .setSize(NEAR_CACHE_ENTRIES)));
    return config;
  }

  private static void network(NetworkConfig network, CacheSettings settings) {
    network.setPort(settings.port()).setPortAutoIncrement(false).setReuseAddress(true);
    network.getInterfaces().setEnabled(true).addInterface(settings.host());
    JoinConfig join = network.getJoin();
    // Without the second line a member whose auto-detection is off still calls out by multicast.
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(settings.others());
  }

  /** An empty white list would allow every class, so all names are on the black list. */
  private static JavaSerializationFilterConfig refuseAll() {
    return new JavaSerializationFilterConfig()
        .setDefaultsDisabled(true)
        .setBlacklist(new ClassFilter().addPrefixes(""));
  }
}
