package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A home on a disk that fills. */
@ExtendWith(Unbroken.Run.class)
class DiskFullIT {

  private static final String ROOM = "100m";

  /** Data set, PruningNet and one checkpoint of its training, but not two of them. */
  private static final String TOO_LITTLE = "40m";

  @TempDir private Path folder;
  private SmallDisk disk;
  private Espalier espalier;

  /** The same home, as this process sees it. */
  private Espalier seen;

  @BeforeEach
  void mount() throws IOException {
    Path home = folder.resolve("home");
    disk =
        SmallDisk.mount(TOO_LITTLE, home)
            .orElseGet(() -> abort("this machine permits no mount namespace (unshare -Urm)"));
    espalier = disk.espalier(folder);
    seen = new Espalier(Espalier.LAUNCHER, disk.seen(home), folder);
  }

  @AfterEach
  void unmount() {
    disk.close();
  }

  @Test
  void training_checkpointDoesNotFit_failsInWordsAndGoesOnOnceThereIsRoom(Unbroken unbroken)
      throws Exception {
    unbroken.lend("data", seen.home());

    Ended failed = espalier.run("run", file(), "--force");
    assertFailed(failed, "/checkpoints/step-");
    disk.mount("remount,", ROOM, espalier.home());
    Ended resumed = espalier.run("resume", Unbroken.ID, "--force");

    assertThat(resumed.err()).contains("Goes on from step");
    assertFinds(unbroken, resumed);
  }

  @Test
  void search_homeIsFull_failsInWordsAndGoesOnOnceThereIsRoom(Unbroken unbroken) throws Exception {
    unbroken.lend("data", seen.home());
    unbroken.lend("pruningnets", seen.home());

    Running running = espalier.start("run", file(), "--force");
    running.await("Searching with");
    Path filler = fill();
    Ended failed = running.end();
    assertFailed(failed, "/jobs/tiny-1/");
    Files.delete(filler);

    assertFinds(unbroken, espalier.run("resume", Unbroken.ID, "--force"));
  }

  @Test
  void search_folderOfJournalIsFull_failsInWordsAsOftenAsItIsTried(Unbroken unbroken)
      throws Exception {
    unbroken.lend("data", seen.home());
    unbroken.lend("pruningnets", seen.home());
    Running begun = espalier.start("run", file(), "--force");
    begun.await("Checking the PruningNet");
    begun.kill();
    Files.createDirectory(seen.job(Unbroken.ID).resolve("search"));
    // One page: either the journal outgrows it, or the checkpoint finds no other.
    Path search = espalier.job(Unbroken.ID).resolve("search");
    disk.mount("", "4k", search);

    assertFailed(espalier.run("resume", Unbroken.ID, "--force"), "/jobs/tiny-1/search/");
    assertFailed(espalier.run("resume", Unbroken.ID, "--force"), "/jobs/tiny-1/search/journal-");
    disk.mount("remount,", "1m", search);

    assertFinds(unbroken, espalier.run("resume", Unbroken.ID, "--force"));
  }

  private String file() throws IOException {
    return TinyJob.in(folder, Unbroken.TEXT).toString();
  }

  /** Takes all the room that is left. */
  private Path fill() throws IOException {
    Path filler = seen.home().resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[1 << 12];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessage("No space left on device");
      return filler;
    }
  }

  private static void assertFailed(Ended failed, String file) {
    assertThat(failed.code()).as(failed.err()).isEqualTo(1);
    assertThat(failed.err())
        .contains(file, "No space left on device", "go on with: espalier resume tiny-1")
        .doesNotContain("\tat ", "Exception");
  }

  private void assertFinds(Unbroken unbroken, Ended resumed) throws IOException {
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(seen.findings(Unbroken.ID)).isEqualTo(unbroken.findings());
  }
}
