package dev.espalier.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheProcessTest {

  @TempDir Path folder;

  @Test
  void open_ownerIsKilled_losesNothingThatItHadKept() throws Exception {
    Process owner = startOwner();
    try (Cache guest = Cache.open(folder, CacheSettings.LOOPBACK);
        HazelcastScoreStore store =
            HazelcastScoreStore.connect(guest.address().orElseThrow()).orElseThrow()) {
      assertThat(guest.description()).startsWith("shared with another process");
      assertThat(store.getAll(Set.of("key")).get("key")).containsExactly(5);

      owner.destroyForcibly().waitFor();

      long start = System.nanoTime();
      assertThat(store.getAll(Set.of("other"))).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    } finally {
      owner.destroyForcibly().waitFor();
    }
    try (Cache next = Cache.open(folder, CacheSettings.LOOPBACK);
        HazelcastScoreStore store =
            HazelcastScoreStore.connect(next.address().orElseThrow()).orElseThrow()) {
      assertThat(next.description()).startsWith("own member");
      assertThat(store.getAll(Set.of("key")).get("key")).containsExactly(5);
    }
  }

  @Test
  void serve_oneOfTwoIsKilledAndThenTheOther_losesNothingAndThenOnlyWork() throws Exception {
    Process one = startOwner();
    Process two = startOwner();
    Map<String, byte[]> values = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      values.put("key-" + i, new byte[] {(byte) i});
    }
    try (Cache guest = Cache.open(folder, CacheSettings.LOOPBACK);
        HazelcastScoreStore writer = connect(guest);
        HazelcastScoreStore reader = connect(guest)) {
      assertThat(guest.address().orElseThrow().members()).hasSize(2);
      writer.putAll(values);

      one.destroyForcibly().waitFor();

      assertThat(onceAllThere(reader, values.keySet())).isTrue();
      try (HazelcastScoreStore later = connect(guest)) {
        assertThat(onceAllThere(later, values.keySet())).isTrue();
      }

      two.destroyForcibly().waitFor();

      writer.putAll(Map.of("other", new byte[1]));
      assertThat(writer.getAll(Set.of("other"))).isEmpty();
      assertThat(writer.failures()).isPositive();
    } finally {
      one.destroyForcibly().waitFor();
      two.destroyForcibly().waitFor();
    }
  }

  /** While the member that is left takes over, what it does not answer in time is a miss. */
  private static boolean onceAllThere(HazelcastScoreStore store, Set<String> keys)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (store.getAll(keys).size() < keys.size()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(100);
    }
    return true;
  }

  private static HazelcastScoreStore connect(Cache cache) {
    return HazelcastScoreStore.connect(cache.address().orElseThrow()).orElseThrow();
  }

  private Process startOwner() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CacheProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output = process.inputReader();
    assertThat(output.readLine()).isEqualTo(CacheProcess.READY);
    return process;
  }
}
