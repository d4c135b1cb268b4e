package dev.espalier.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.espalier.worker.request.CacheAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path folder;

  @Test
  void open_secondTimeAfterClosing_findsTheScores() {
    try (Cache cache = open()) {
      put(cache, "key", 5);
    }
    try (Cache cache = open()) {
      assertThat(cache.description()).startsWith("own member at 127.0.0.1:").contains("1 scores");
      assertThat(get(cache, "key")).containsExactly(5);
    }
  }

  @Test
  void open_whileAnotherOwnsTheFolder_sharesItsMember() {
    try (Cache owner = open();
        Cache guest = open()) {
      put(owner, "from owner", 1);
      put(guest, "from guest", 2);

      assertThat(guest.description()).startsWith("shared with another process");
      assertThat(guest.address()).isEqualTo(owner.address());
      assertThat(get(guest, "from owner")).containsExactly(1);
    }
    try (Cache next = open()) {
      assertThat(get(next, "from guest")).containsExactly(2);
    }
  }

  @Test
  void open_ownerDoesNotAnswer_hasAMemberInMemory() throws IOException {
    try (CacheFolder silent = CacheFolder.own(folder).orElseThrow()) {
      silent.secret();
      silent.publish(new CacheAddress("127.0.0.1", 1, "dead", ""));
      try (Cache cache = Cache.open(folder, CacheSettings.LOOPBACK, SHORT)) {
        assertThat(cache.description()).contains("in memory only").contains("does not answer");
        put(cache, "key", 5);
        assertThat(get(cache, "key")).containsExactly(5);
      }
    }
    assertThat(folder.resolve("scores.log")).doesNotExist();
  }

  @Test
  void open_ownerHasNotPublished_hasAMemberInMemory() throws IOException {
    try (CacheFolder silent = CacheFolder.own(folder).orElseThrow();
        Cache cache = Cache.open(folder, CacheSettings.LOOPBACK, SHORT)) {
      assertThat(silent.scores()).doesNotExist();
      assertThat(cache.description()).contains("in memory only");
    }
  }

  @Test
  void open_staleAddressOfADeadOwner_startsAMember() throws IOException {
    Files.writeString(folder.resolve("member"), "127.0.0.1\n1\ndead\n");
    Files.writeString(folder.resolve("secret"), "aabb");

    try (Cache cache = open()) {
      assertThat(cache.description()).startsWith("own member").contains("scores.log");
    }
  }

  @Test
  void open_folderIsAFile_hasAMemberInMemory() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    try (Cache cache = Cache.open(file, CacheSettings.LOOPBACK, SHORT)) {
      assertThat(cache.description()).contains("in memory only");
      assertThat(cache.address()).isPresent();
    }
  }

  @Test
  void open_addressThatIsNoAddress_hasAMemberInMemory() throws IOException {
    try (CacheFolder owner = CacheFolder.own(folder).orElseThrow()) {
      owner.secret();
      Files.writeString(folder.resolve("member"), "nonsense");
      try (Cache cache = Cache.open(folder, CacheSettings.LOOPBACK, SHORT)) {
        assertThat(cache.description()).contains("is not the address of a member");
      }
    }
  }

  @Test
  void open_owner_keepsItsSecretToItself() throws IOException {
    try (Cache cache = open()) {
      assertThat(cache.address().orElseThrow().secret()).hasSize(64);
      assertThat(cache.address().orElseThrow().toString())
          .doesNotContain(cache.address().orElseThrow().secret());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void close_owner_leavesNoAddressAndFreesTheFolder() throws IOException {
    open().close();

    assertThat(folder.resolve("member")).doesNotExist();
    CacheFolder.own(folder).orElseThrow().close();
  }

  @Test
  void open_moreScoresThanMemory_keepsTheBoundAndReadsTheOthersFromTheFile() {
    CacheSettings small = new CacheSettings("127.0.0.1", 0, List.of(), 1, 1L << 30);
    byte[] value = new byte[10_000];
    try (Cache cache = Cache.open(folder, small);
        HazelcastScoreStore writer = store(cache);
        HazelcastScoreStore reader = store(cache)) {
      for (int i = 0; i < 400; i++) {
        writer.putAll(Map.of("key-" + i, value));
      }
      HazelcastInstance member = Hazelcast.getAllHazelcastInstances().iterator().next();
      long held = member.getMap(HardenedConfig.MAP).getLocalMapStats().getHeapCost();

      assertThat(held).isBetween(100_000L, 2_500_000L);
      for (int i = 0; i < 400; i++) {
        assertThat(reader.getAll(Set.of("key-" + i))).containsOnlyKeys("key-" + i);
      }
    }
  }

  @Test
  void off_always_hasNoAddress() {
    try (Cache cache = Cache.off()) {
      assertThat(cache.address()).isEmpty();
      assertThat(cache.description()).isEqualTo("off");
    }
  }

  private Cache open() {
    return Cache.open(folder, CacheSettings.LOOPBACK);
  }

  private Path secret() {
    return folder.resolve("secret");
  }

  private static void put(Cache cache, String key, int value) {
    try (HazelcastScoreStore store = store(cache)) {
      store.putAll(Map.of(key, new byte[] {(byte) value}));
    }
  }

  private static byte @Nullable [] get(Cache cache, String key) {
    try (HazelcastScoreStore store = store(cache)) {
      return store.getAll(Set.of(key)).get(key);
    }
  }

  private static HazelcastScoreStore store(Cache cache) {
    return HazelcastScoreStore.connect(cache.address().orElseThrow()).orElseThrow();
  }
}
