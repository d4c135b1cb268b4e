package dev.espalier.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.secret.SecretFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
  void statistics_ownMember_countEntriesBytesAndHits() {
    try (Cache owner = open();
        Cache guest = open()) {
      put(guest, "one", 1);
      put(guest, "two", 2);
      get(guest, "one");

      CacheStatistics found = owner.statistics().orElseThrow().get();
      assertThat(found.owned()).isEqualTo(2);
      assertThat(found.backups()).isZero();
      assertThat(found.bytes()).isPositive().isLessThan(10_000);
      assertThat(found.limit())
          .isEqualTo((long) CacheSettings.LOOPBACK.memoryMegabytes() * 1024 * 1024);
      assertThat(found.hits()).isEqualTo(1);
      assertThat(found.evictions()).isZero();
      assertThat(found.members()).isEqualTo(1);
      assertThat(guest.statistics()).isEmpty();
    }
  }

  @Test
  void serve_twoPeersThatNameEachOther_eachMayBeginAlone() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path mine = Files.createDirectories(folder.resolve("mine"));
    new CacheFolder(mine).secret();
    Files.copy(mine.resolve("secret"), other.resolve("secret"));
    int port = freePort();
    String first = "127.0.0.1:" + port;
    try (Cache alone = Cache.serve(mine, peer(port, "127.0.0.1:" + freePort()));
        Cache second = Cache.serve(other, peer(0, first))) {
      assertThat(alone.statistics().orElseThrow().get().members()).isEqualTo(2);
      put(second, "key", 5);
      try (Cache both = Cache.at(other, List.of("127.0.0.1:1", first))) {
        assertThat(both.description()).isEqualTo("members at 127.0.0.1:1, " + first);
        assertThat(get(both, "key")).containsExactly(5);
      }
    }
    try (Cache none = Cache.at(other, List.of("127.0.0.1:1"))) {
      assertThat(none.description()).endsWith("none of which answers yet");
    }
    assertThatThrownBy(() -> Cache.at(other, List.of("nowhere")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("expected HOST:PORT");
  }

  private static CacheSettings peer(int port, String other) {
    return new CacheSettings("127.0.0.1", port, List.of(), List.of(other), 8, 1L << 30);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void open_ownerDoesNotAnswer_hasAMemberInMemory() throws IOException {
    try (CacheFolder.Place silent = new CacheFolder(folder).first().orElseThrow()) {
      silent.publish("127.0.0.1:1");
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
    try (CacheFolder.Place silent = new CacheFolder(folder).first().orElseThrow();
        Cache cache = Cache.open(folder, CacheSettings.LOOPBACK, SHORT)) {
      assertThat(silent.scores()).doesNotExist();
      assertThat(cache.description()).contains("in memory only");
    }
  }

  @Test
  void open_staleAddressOfADeadOwner_startsAMember() throws IOException {
    Files.createFile(folder.resolve("lock"));
    Files.writeString(folder.resolve("member"), "127.0.0.1:1");
    new SecretFile(secret()).create();

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
    try (CacheFolder.Place owner = new CacheFolder(folder).first().orElseThrow()) {
      owner.publish("nonsense");
      try (Cache cache = Cache.open(folder, CacheSettings.LOOPBACK, SHORT)) {
        assertThat(cache.description()).contains("'nonsense', expected HOST:PORT");
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
  void open_secretThatOthersMayKnow_isBadInputAndLeavesTheFolderFree() throws IOException {
    open().close();
    Files.setPosixFilePermissions(secret(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(this::open)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("found a secret of mode 644, expected 600");
    new CacheFolder(folder).first().orElseThrow().close();
  }

  @Test
  void close_owner_leavesNoAddressAndFreesTheFolder() throws IOException {
    open().close();

    assertThat(folder.resolve("member")).doesNotExist();
    new CacheFolder(folder).first().orElseThrow().close();
  }

  @Test
  void open_moreScoresThanMemory_keepsTheBoundAndReadsTheOthersFromTheFile() {
    CacheSettings small = new CacheSettings("127.0.0.1", 0, List.of(), List.of(), 1, 1L << 30);
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
  void serve_oneOfTwoMembersLeaves_keepsEveryScore() throws IOException {
    try (Cache staying = Cache.serve(folder, CacheSettings.LOOPBACK)) {
      try (Cache leaving = Cache.serve(folder, CacheSettings.LOOPBACK)) {
        assertThat(leaving.description()).contains(" beside " + staying.address().orElseThrow());
        assertThat(new CacheFolder(folder).listening()).hasSize(2);
        for (int i = 0; i < 50; i++) {
          put(leaving, "key-" + i, i);
        }
      }
      try (Cache job = open()) {
        assertThat(job.description()).startsWith("shared with another process");
        assertThat(job.address()).isEqualTo(staying.address());
        for (int i = 0; i < 50; i++) {
          assertThat(get(job, "key-" + i)).containsExactly(i);
        }
      }
    }
  }

  @Test
  void open_firstPlaceIsFreeAndAnotherMemberRuns_isItsClient() throws IOException {
    Cache first = Cache.serve(folder, CacheSettings.LOOPBACK);
    try (Cache second = Cache.serve(folder, CacheSettings.LOOPBACK)) {
      first.close();
      try (Cache job = open()) {
        assertThat(job.address()).isEqualTo(second.address());
      }
    }
  }

  @Test
  void serve_moreScoresThanTwoMembersHold_keepsTheBoundOfEach() throws IOException {
    CacheSettings small = new CacheSettings("127.0.0.1", 0, List.of(), List.of(), 1, 1L << 30);
    byte[] value = new byte[10_000];
    try (Cache first = Cache.serve(folder, small);
        Cache second = Cache.serve(folder, small);
        HazelcastScoreStore store = store(second)) {
      for (int i = 0; i < 800; i++) {
        store.putAll(Map.of("key-" + i, value));
      }

      assertThat(first.address()).isNotEqualTo(second.address());
      assertThat(Hazelcast.getAllHazelcastInstances())
          .hasSize(2)
          .allSatisfy(
              member ->
                  assertThat(member.getMap(HardenedConfig.MAP).getLocalMapStats().getHeapCost())
                      .isBetween(100_000L, 2_500_000L));
    }
  }

  @Test
  void serve_membersOfAnotherSecret_isRefused() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Cache stranger = Cache.serve(other, CacheSettings.LOOPBACK)) {
      List<String> members = stranger.address().orElseThrow().members();
      CacheSettings joining = CacheSettings.LOOPBACK.joining(members);

      assertThatThrownBy(() -> Cache.serve(folder, joining))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("no member with the same secret answers at " + members.get(0));
    }
    assertThat(new CacheFolder(folder).listening()).isEmpty();
  }

  @Test
  void serve_portIsTaken_isBadInput() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CacheSettings settings =
          new CacheSettings("127.0.0.1", taken.getLocalPort(), List.of(), List.of(), 1, 1 << 20);

      assertThatThrownBy(() -> Cache.serve(folder, settings))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("can start at 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void open_twiceInOneProcess_keepsTheLock() throws IOException {
    try (Cache owner = open();
        Cache guest = open()) {
      assertThat(guest.address()).isEqualTo(owner.address());
      assertThat(new CacheFolder(folder).first()).isEmpty();
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
