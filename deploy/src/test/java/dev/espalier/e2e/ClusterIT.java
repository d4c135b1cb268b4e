package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job on a cluster whose master, workers and executors are processes of their own. */
@Tag("cluster")
class ClusterIT {

  /** Long enough to lose workers in the middle; without a cache every score is one of a worker. */
  private static final String TEXT =
      TinyJob.TEXT
          .replace("epochs: 3", "epochs: 1")
          .replace("budget: 24", "budget: 48")
          .replace("recalibrationImages: 64", "recalibrationImages: 320\n  cache: false")
          .replace("top: 2, random: 6", "top: 1, random: 2");

  @TempDir private Path folder;
  private Espalier espalier;
  private LocalCluster cluster;

  @BeforeEach
  void nameCluster() throws Exception {
    Path home = Files.createDirectory(folder.resolve("a home with spaces"));
    espalier = new Espalier(Espalier.LAUNCHER, home, folder);
    cluster = new LocalCluster(home, folder);
  }

  @AfterEach
  void stopCluster() throws Exception {
    cluster.run("stop");
  }

  @Test
  void run_executorAndWorkerAreKilledAndWorkersJoin_findsWhatALocalRunFinds() throws Exception {
    Ended local = espalier.run("run", TinyJob.in(folder, TEXT).toString(), "--force");
    assertThat(local.code()).as(local.err()).isZero();
    String master = cluster.start(2);
    String text = TEXT.replace("local[2,4]", master).replace("tiny}", "spread}");

    Running running = espalier.start("run", TinyJob.in(folder, text).toString(), "--force");
    awaitEvaluations(2);
    ProcessHandle executor = cluster.awaitExecutor("worker-1");
    ProcessHandle orphan = cluster.awaitExecutor("worker-2");
    assertThat(commandLine(executor))
        .doesNotContain(Files.readString(cluster.folder().resolve("secret")));
    executor.destroyForcibly();
    int kill = awaitEvaluations(6);
    cluster.process("worker-2").destroyForcibly();
    int join = awaitEvaluations(10);
    assertThat(cluster.start(3)).isEqualTo(master);
    ProcessHandle replaced = cluster.awaitExecutor("worker-2");
    ProcessHandle added = cluster.awaitExecutor("worker-3");
    boolean joined = running.process().isAlive();
    Ended ended = running.end();

    assertThat(List.of(kill, join)).as("evaluations when a worker went").allMatch(n -> n < 48);
    assertThat(joined).as("the job had ended before workers joined").isTrue();
    assertThat(List.of(replaced.pid(), added.pid())).doesNotContain(executor.pid(), orphan.pid());
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(espalier.findings("spread-1")).isEqualTo(espalier.findings("tiny-1"));
    JsonNode counts = espalier.run("status", "spread-1", "--json").json().at("/status/counts");
    assertThat(counts.path("evaluations").asInt()).isEqualTo(48);
    assertThat(counts.path("failures").asInt()).isZero();
  }

  @Test
  void cluster_startedAndStopped_listensOnLoopbackWithASecretAndLeavesNothing() throws Exception {
    String master = cluster.start(1);
    List<ProcessHandle> daemons = List.of(cluster.process("master"), cluster.process("worker-1"));
    Path secret = cluster.folder().resolve("secret");

    assertThat(master).startsWith("spark://127.0.0.1:");
    assertThat(cluster.start(1)).isEqualTo(master);
    assertThat(cluster.process("worker-1")).isEqualTo(daemons.get(1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    for (ProcessHandle daemon : daemons) {
      assertThat(commandLine(daemon)).doesNotContain(Files.readString(secret));
    }
    assertThat(cluster.run("status").code()).isZero();

    assertThat(cluster.run("stop").code()).isZero();
    for (ProcessHandle daemon : daemons) {
      assertThat(daemon.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
    }
    assertThat(cluster.run("status").code()).isEqualTo(3);
    assertThat(cluster.run("start", "--workers", "two").code()).isEqualTo(2);
  }

  private static String commandLine(ProcessHandle process) throws Exception {
    String words = Files.readString(Path.of("/proc/%d/cmdline".formatted(process.pid())));
    assertThat(words).contains("org.apache.spark");
    return words;
  }

  /** Waits until a search has made so many evaluations, and says how many it has made then. */
  private int awaitEvaluations(int least) throws Exception {
    return espalier
        .awaitStatus("spread-1", status -> status.at("/counts/evaluations").asInt() >= least)
        .at("/counts/evaluations")
        .asInt();
  }
}
