package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PruningNet that is trained by two executors, each a process of its own. */
@Tag("cluster")
class TrainingIT {

  private static final String TEXT =
      TinyJob.TEXT
          .replace("sandwich: 0", "sandwich: 0, training: {workers: 2, averageEvery: 2}")
          .replace("budget: 24", "budget: 4")
          .replace("top: 2, random: 6", "top: 1, random: 2");

  @TempDir private Path folder;
  private Espalier espalier;
  private LocalCluster cluster;

  @BeforeEach
  void nameCluster() throws Exception {
    Path home = Files.createDirectory(folder.resolve("spread"));
    espalier = new Espalier(Espalier.LAUNCHER, home, folder);
    cluster = new LocalCluster(home, folder);
  }

  @AfterEach
  void stopCluster() throws Exception {
    cluster.run("stop");
  }

  @Test
  void run_executorIsKilledAndJobIsStopped_trainsThePruningNetOfALocalRun() throws Exception {
    Espalier local =
        new Espalier(Espalier.LAUNCHER, Files.createDirectory(folder.resolve("local")), folder);
    Ended whole = local.run("run", TinyJob.in(folder, TEXT).toString(), "--force");
    assertThat(whole.code()).as(whole.err()).isZero();
    String text = TEXT.replace("local[2,4]", cluster.start(2));

    Running running = espalier.start("run", TinyJob.in(folder, text).toString(), "--force");
    running.await("epoch 1 of 3: loss");
    cluster.awaitExecutor("worker-1").destroyForcibly();
    running.await("epoch 2 of 3: loss");
    running.terminate();
    Ended stopped = running.end();
    Ended resumed = espalier.run("resume", "tiny-1", "--force");

    assertThat(stopped.err()).contains("on 2 workers", "Go on with: espalier resume tiny-1");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("Goes on from step");
    assertThat(pruningNet(espalier)).hasSameBinaryContentAs(pruningNet(local));
  }

  @Test
  void run_moreWorkersThanTheMasterHas_isRefused() throws Exception {
    String text = TEXT.replace("workers: 2", "workers: 3");
    Ended refused = espalier.run("run", TinyJob.in(folder, text).toString(), "--force");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("pruningNet.training.workers is 3", "'local[2,4]' has 2 at a time")
        .doesNotContain("\tat ");
  }

  /** The only one of a home. */
  private static Path pruningNet(Espalier espalier) throws IOException {
    try (Stream<Path> folders = Files.list(espalier.home().resolve("pruningnets"))) {
      List<Path> all = folders.toList();
      assertThat(all).hasSize(1);
      return all.get(0).resolve("net.pruningnet");
    }
  }
}
