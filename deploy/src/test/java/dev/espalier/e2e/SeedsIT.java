package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that finds its network with two seeds side by side, and fine-tunes structures likewise. */
@Tag("cluster")
class SeedsIT {

  private static final String TEXT =
      TinyJob.ofCells("pretrain: 2, prune: 1, fineTune: 1, seeds: 2")
          .replace("budget: 24", "budget: 4")
          .replace("top: 2, random: 6", "top: 1, random: 2")
          .replace("name: tiny", "name: seeds");

  /** Slices of half a second end many times in a training of this length. */
  private static final String TAUGHT =
      TEXT
          + "stages: [find, train, search, confirm, fineTune]\n"
          + "fineTune: {epochs: 4, distillation: {weight: 0.5}}\n";

  private static final String ID = "seeds-1";

  @TempDir private static Path folder;

  /** Where the job has run in one process, and nothing went wrong. */
  @SuppressWarnings("NullAway.Init")
  private static Espalier whole;

  @BeforeAll
  static void runUnbroken() throws Exception {
    whole = espalier("whole");
    Ended ended = whole.run("run", TinyJob.in(folder, TAUGHT).toString(), "--force");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("goes on, the best of 2", "Architecture: normal: ");
    assertThat(ended.out()).contains("unpruned", "is best on the selection images");
  }

  @Test
  void run_killedAndStoppedWhileItFindsANetwork_goesOnToTheSameFindings() throws Exception {
    Espalier broken = espalier("broken");
    Running first = broken.start("run", TinyJob.in(folder, TEXT).toString(), "--force");
    awaitSteps(broken, 30);
    first.kill();
    Running second = broken.start("resume", ID, "--force");
    awaitSteps(broken, 80);
    second.terminate();
    Ended stopped = second.end();
    Ended resumed = broken.run("resume", ID, "--force");

    assertThat(stopped.err()).contains("Go on with: espalier resume " + ID);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("Goes on from step ");
    assertSameFound(broken);
  }

  @Test
  void run_executorsAreKilled_findsAndFineTunesTheNetworksOfALocalRun() throws Exception {
    Espalier spread = espalier("spread");
    LocalCluster cluster = new LocalCluster(spread.home(), folder);
    try {
      String text = TAUGHT.replace("local[2,4]", cluster.start(2));
      Running running = spread.start("run", TinyJob.in(folder, text).toString(), "--force");
      awaitSteps(spread, 30);
      cluster.awaitExecutor("worker-1").destroyForcibly();
      spread.awaitStatus(
          ID,
          status ->
              status.path("message").asText().contains("side by side for 4 epochs")
                  && status.path("done").asInt() > 0);
      cluster.awaitExecutor("worker-2").destroyForcibly();
      Ended ended = running.end();
      assertThat(ended.code()).as(ended.err()).isZero();
    } finally {
      cluster.run("stop");
    }
    assertSameFound(spread);
    assertSameFineTuned(spread);
    String log = Files.readString(spread.job(ID).resolve("log"));
    assertThat(log.substring(log.indexOf("side by side for 4 epochs"))).contains("Lost executor");
  }

  /** Networks, teacher and all, to the last bit, and what the report says of them. */
  private static void assertSameFineTuned(Espalier found) throws IOException {
    List<Path> files = fineTuned(found);
    List<Path> others = fineTuned(whole);
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    assertThat(others).hasSameSizeAs(files);
    for (int i = 0; i < files.size(); i++) {
      assertThat(files.get(i)).hasSameBinaryContentAs(others.get(i));
    }
    assertThat(found.fineTuned(ID)).isNotEmpty().isEqualTo(whole.fineTuned(ID));
  }

  private static List<Path> fineTuned(Espalier espalier) throws IOException {
    try (Stream<Path> files = Files.list(espalier.job(ID).resolve("finetuned"))) {
      return files.filter(file -> file.toString().endsWith(".network")).sorted().toList();
    }
  }

  private static void awaitSteps(Espalier espalier, int steps) throws Exception {
    espalier.awaitStatus(
        ID,
        status ->
            status.path("stage").asText().equals("finding")
                && status.path("done").asInt() >= steps);
  }

  private static void assertSameFound(Espalier found) throws IOException {
    List<Path> files = architectures(found);
    List<Path> others = architectures(whole);
    assertThat(files).hasSize(2);
    assertThat(others).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(files.get(i)).hasSameBinaryContentAs(others.get(i));
    }
    assertThat(found.findings(ID)).isEqualTo(whole.findings(ID));
  }

  /** The files of all searches, in the order of their digests. */
  private static List<Path> architectures(Espalier espalier) throws IOException {
    try (Stream<Path> folders = Files.list(espalier.home().resolve("architectures"))) {
      return folders.map(each -> each.resolve("found.architecture")).sorted().toList();
    }
  }

  private static Espalier espalier(String name) throws IOException {
    return Espalier.withOptions(
        "-Xmx1g -XX:+UseSerialGC -Dspark.espalier.slice=500ms", folder, name);
  }
}
