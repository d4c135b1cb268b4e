package dev.espalier.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import dev.espalier.search.evaluation.ScoreStore;
import dev.espalier.worker.request.CacheAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class HazelcastScoreStoreTest extends ScoreStoreContract {

  private static final String SECRET = "00112233445566778899aabbccddeeff";

  private static CacheMember member;
  private static HazelcastScoreStore store;

  @BeforeAll
  static void startMember() {
    member = CacheMember.start(CacheSettings.LOOPBACK, "store-test", SECRET);
    store = HazelcastScoreStore.connect(member.address()).orElseThrow();
  }

  @AfterAll
  static void stopMember() {
    store.close();
    member.close();
  }

  @Override
  ScoreStore store() {
    return store;
  }

  @Override
  boolean keeps() {
    return true;
  }

  @Test
  void getAll_putByAnotherClientAfterAMiss_isFound() {
    String key = newKey();
    assertThat(store.getAll(Set.of(key))).isEmpty();
    try (HazelcastScoreStore other = HazelcastScoreStore.connect(member.address()).orElseThrow()) {
      other.putAll(Map.of(key, new byte[] {4}));
    }

    assertThat(store.getAll(Set.of(key)).get(key)).containsExactly(4);
  }

  @Test
  void getAll_valueWithoutTheSecret_isAMissAndCounted() {
    String key = newKey();
    CacheAddress address = member.address();
    CacheAddress stranger = new CacheAddress(address.members(), address.cluster(), "ff");
    try (HazelcastScoreStore other = HazelcastScoreStore.connect(stranger).orElseThrow()) {
      other.putAll(Map.of(key, new byte[] {4}));
    }
    long before = store.damaged();

    assertThat(store.getAll(Set.of(key))).isEmpty();
    assertThat(store.damaged()).isEqualTo(before + 1);
  }

  @Test
  void getAll_valueUnderAnotherKey_isAMiss() {
    String key = newKey();
    String moved = newKey();
    store.putAll(Map.of(key, new byte[] {4}));
    HazelcastInstance client =
        HazelcastClient.newHazelcastClient(HardenedConfig.client(member.address()));
    try {
      Map<String, byte[]> map = client.getMap(HardenedConfig.MAP);
      map.put(moved, map.get(key));
    } finally {
      client.shutdown();
    }

    assertThat(store.getAll(Set.of(moved))).isEmpty();
  }

  @Test
  void getAll_memberIsGone_isAMissAndCounted() {
    CacheMember shortLived = CacheMember.start(CacheSettings.LOOPBACK, "short-lived", "");
    try (HazelcastScoreStore client =
        HazelcastScoreStore.connect(shortLived.address()).orElseThrow()) {
      client.putAll(Map.of("key", new byte[] {1}));
      shortLived.close();

      client.putAll(Map.of("other", new byte[] {1}));

      assertThat(client.getAll(Set.of("other"))).isEmpty();
      assertThat(client.failures()).isPositive();
    }
  }

  @Test
  void connect_nobodyListens_isEmptySoon() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    long start = System.nanoTime();

    assertThat(
            HazelcastScoreStore.connect(
                new CacheAddress(List.of("127.0.0.1:" + port), "nobody", "")))
        .isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void connect_listenerNeverAnswers_isEmptySoon() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();

      assertThat(
              HazelcastScoreStore.connect(
                  new CacheAddress(List.of("127.0.0.1:" + silent.getLocalPort()), "silent", "")))
          .isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
    }
  }

  @Test
  void connect_otherCluster_isRefused() {
    CacheAddress address = member.address();

    assertThat(HazelcastScoreStore.connect(new CacheAddress(address.members(), "another", SECRET)))
        .isEmpty();
  }
}
