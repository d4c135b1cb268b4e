package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {

  @TempDir private Path folder;

  @Test
  void launcher_throughLinksFromAnotherFolder_works() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("one"), Espalier.LAUNCHER);
    Files.createSymbolicLink(folder.resolve("two"), link.getFileName());

    Ended ended = launch(folder.resolve("two"), "--version");
    Files.delete(link);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("espalier ");
  }

  @Test
  void launcher_inFolderWithSpaces_works() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("a place with spaces/deploy/bin"));
    for (String file : new String[] {"espalier", "jvm.options"}) {
      Files.copy(Espalier.LAUNCHER.resolveSibling(file), bin.resolve(file));
    }
    bin.resolve("espalier").toFile().setExecutable(true);
    Path target = Files.createDirectories(bin.resolveSibling("target"));
    Path lib =
        Files.createSymbolicLink(
            target.resolve("lib"), Espalier.LAUNCHER.resolve("../../target/lib").normalize());

    Ended ended = launch(bin.resolve("espalier"), "job", "schema");
    Files.delete(lib);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("\"Espalier job\"");
  }

  @Test
  void doctor_thisMachine_findsNatives() throws Exception {
    Ended ended = launch(Espalier.LAUNCHER, "doctor", "--json");

    assertThat(ended.json().findValuesAsText("name")).contains("java", "memory", "natives", "disk");
    assertThat(ended.out()).contains("PyTorch");
  }

  private Ended launch(Path launcher, String... arguments) throws Exception {
    return new Espalier(launcher, folder.resolve("home"), folder).run(arguments);
  }
}
