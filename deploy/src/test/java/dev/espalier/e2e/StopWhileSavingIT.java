package dev.espalier.e2e;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM while a file is being saved. */
@ExtendWith(Unbroken.Run.class)
class StopWhileSavingIT {

  private static final int TIMES = 4;

  @TempDir private Path folder;

  @Test
  void sigterm_duringSavesOfTraining_stopsWithWholeFiles(Unbroken unbroken) throws Exception {
    Espalier espalier = unbroken.withData(folder);
    Path checkpoints = Files.createDirectories(unbroken.checkpoints(espalier));
    String file = TinyJob.in(folder, Unbroken.TEXT).toString();

    assertStopped(stoppedAt("step-", checkpoints, espalier, "run", file, "--force"));
    for (int i = 1; i < TIMES; i++) {
      Ended stopped = stoppedAt("step-", checkpoints, espalier, "resume", Unbroken.ID, "--force");

      assertStopped(stopped);
      assertThat(stopped.err()).contains("Goes on from step ");
      assertThat(Folders.names(checkpoints)).allMatch(name -> name.endsWith(".checkpoint"));
    }
    assertResumesTo(unbroken, espalier);
  }

  @ParameterizedTest
  @ValueSource(strings = {"journal-", "checkpoint-"})
  void sigterm_duringSavesOfSearch_stopsWithWholeFiles(String saved, Unbroken unbroken)
      throws Exception {
    Espalier espalier = unbroken.withPruningNet(folder);
    Running first = espalier.start("run", TinyJob.in(folder, Unbroken.TEXT).toString(), "--force");
    first.await("Searching with");
    first.terminate();
    assertStopped(first.end());

    Path search = espalier.job(Unbroken.ID).resolve("search");
    assertStopped(stoppedAt(saved, search, espalier, "resume", Unbroken.ID, "--force"));

    Ended verified = espalier.run("journal", "verify", Unbroken.ID);
    assertThat(verified.code()).as(verified.out()).isZero();
    assertThat(Folders.names(search)).noneMatch(name -> name.endsWith(".tmp"));
    assertResumesTo(unbroken, espalier);
  }

  /** Runs a command until it begins to save a file, and sends SIGTERM at this moment. */
  private static Ended stoppedAt(String saved, Path folder, Espalier espalier, String... command)
      throws Exception {
    try (WatchService watcher = FileSystems.getDefault().newWatchService()) {
      folder.register(watcher, ENTRY_CREATE);
      Running running = espalier.start(command);
      while (running.process().isAlive()) {
        WatchKey key = watcher.poll(100, TimeUnit.MILLISECONDS);
        if (key != null && key.pollEvents().stream().anyMatch(e -> isUnfinished(saved, e))) {
          running.terminate();
          return running.end();
        }
        if (key != null) {
          key.reset();
        }
      }
      throw new AssertionError("it saved nothing, but: " + running.end().err());
    }
  }

  private static boolean isUnfinished(String saved, WatchEvent<?> event) {
    String name = String.valueOf(event.context());
    return name.startsWith(saved) && name.endsWith(".tmp");
  }

  private static void assertStopped(Ended stopped) {
    assertThat(stopped.code()).as(stopped.err()).isEqualTo(1);
    assertThat(stopped.err())
        .contains("Go on with: espalier resume " + Unbroken.ID)
        .doesNotContain("\tat ", "Did not use a checkpoint");
  }

  private static void assertResumesTo(Unbroken unbroken, Espalier espalier) throws Exception {
    Ended resumed = espalier.run("resume", Unbroken.ID, "--force");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("Did not use a checkpoint");
    assertThat(espalier.findings(Unbroken.ID)).isEqualTo(unbroken.findings());
  }
}
