package dev.espalier.images;

import dev.espalier.images.Container.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The processes of a test, all of which end with it. */
final class Processes implements AutoCloseable {

  /** Small processes that live for seconds only. */
  static final Map<String, String> SMALL =
      Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  /** A job of seconds that goes through every stage. */
  static final String JOB =
      """
      network: {name: resnet20}
      data: {name: shapes-32, splits: {train: 320, selection: 100, confirmation: 100}}
      pruningNet: {hidden: 4, epochs: 1, batch: 64, learningRate: 0.05, sandwich: 0}
      space: {smallest: 50, step: 10}
      search:
        budget: 40
        window: 4
        metapruning: {population: 8, parents: 3, mutations: 4, crossovers: 2}
      constraints: [{metric: macs, max: 50%}]
      evaluation: {recalibrationImages: 64, shard: 100, batch: 50}
      confirmation: {top: 1, random: 2}
      output: {name: contained}
      """;

  private static final long PATIENCE_SECONDS = 90;

  private final Deque<Running> running = new ArrayDeque<>();

  /** Keeps a process until the end. */
  Running add(Running process) {
    running.push(process);
    return process;
  }

  /** What all of them have printed. */
  String text() {
    StringBuilder all = new StringBuilder();
    for (Running process : running) {
      try {
        all.append("== ").append(process.printed()).append('\n').append(process.text());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toString();
  }

  /** Waits for something that must come, as long as no process has ended. */
  void await(BooleanSupplier what) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!what.getAsBoolean()) {
      if (System.nanoTime() > end || running.stream().anyMatch(p -> !p.process().isAlive())) {
        throw new AssertionError("it never came so far\n" + text());
      }
      Thread.sleep(100);
    }
  }

  /** What a port of this machine answers, or nothing while nobody listens there. */
  static String get(int port, String path) {
    try (var in = URI.create("http://127.0.0.1:%d%s".formatted(port, path)).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether metrics say that a structure has its score, and a search has learned of one. */
  static boolean hasScored(String metrics) {
    return metrics.matches("(?s).*espalier_evaluations_total\\{outcome=\"scored\"} [1-9].*")
        && metrics.contains("espalier_best_accuracy_ratio{");
  }

  /** Removes a folder that may hold links out of it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    running.forEach(Running::close);
  }
}
