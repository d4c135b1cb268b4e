package dev.espalier.e2e;

import dev.espalier.e2e.Espalier.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Spark cluster of processes of their own, as its script starts and stops it.
 *
 * @param home of the jobs that use it
 * @param scratch folder for what the script prints
 * @param environment variables of its processes
 */
record LocalCluster(Path home, Path scratch, Map<String, String> environment) {

  private static final Path SCRIPT = Espalier.LAUNCHER.resolveSibling("local-cluster");

  LocalCluster(Path home, Path scratch) {
    this(home, scratch, Map.of());
  }

  /** Starts what is missing and returns the master's URL. */
  String start(int workers) throws Exception {
    Ended ended = run("start", "--workers", Integer.toString(workers), "--port", "0");
    if (ended.code() != 0) {
      throw new AssertionError(ended.err());
    }
    return ended.out().strip();
  }

  /** Runs the script for this home. */
  Ended run(String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(Espalier.words(SCRIPT, arguments));
    builder.environment().put("ESPALIER_HOME", home.toString());
    builder.environment().putAll(environment);
    return Espalier.start(builder, scratch).end();
  }

  /** The process of a daemon: {@code master}, {@code worker-1} and so on. */
  ProcessHandle process(String daemon) throws IOException {
    String pid = Files.readString(folder().resolve(daemon + ".pid")).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** The executor of a worker, as soon as it has one. */
  ProcessHandle awaitExecutor(String worker) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (System.nanoTime() < end) {
      List<ProcessHandle> executors = process(worker).children().toList();
      if (!executors.isEmpty()) {
        return executors.get(0);
      }
      Thread.sleep(20);
    }
    throw new AssertionError(worker + " never had an executor");
  }

  Path folder() {
    return home.resolve("cluster");
  }
}
