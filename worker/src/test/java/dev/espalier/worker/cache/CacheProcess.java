package dev.espalier.worker.cache;

import java.nio.file.Path;
import java.util.Map;

/** A process with a member of a cache until it is killed. */
final class CacheProcess {

  static final String READY = "ready";

  private CacheProcess() {}

  /** Serves the cache of a folder, keeps one score in it, says so and waits. */
  public static void main(String[] args) throws InterruptedException {
    try (Cache cache = Cache.serve(Path.of(args[0]), CacheSettings.LOOPBACK);
        HazelcastScoreStore store =
            HazelcastScoreStore.connect(cache.address().orElseThrow()).orElseThrow()) {
      store.putAll(Map.of("key", new byte[] {5}));
      System.out.println(READY);
      Thread.sleep(60_000);
    }
  }
}
