package dev.espalier.driver.spark.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderBytesTest {

  @TempDir private Path folder;

  @Test
  void of_folderThatIsNotThere_hasNoFiles() {
    assertThat(FolderBytes.of(folder.resolve("none")).files()).isEmpty();
  }

  @Test
  void mirror_whatOfHasRead_makesTheFoldersEqual() throws IOException {
    Path from = folder.resolve("from");
    write(from.resolve("part/step-2"), "two");
    write(from.resolve("found"), "all");
    Path to = folder.resolve("to");
    write(to.resolve("part/step-1"), "one");
    write(to.resolve("found"), "old");

    FolderBytes.of(from).mirror(to);

    assertThat(to.resolve("part/step-2")).hasContent("two");
    assertThat(to.resolve("found")).hasContent("all");
    assertThat(to.resolve("part/step-1")).doesNotExist();
  }

  @Test
  void mirror_lockAndFilesUnderWay_stayWhereTheyAre() throws IOException {
    String underWay = "found.0b5b2b0e-8f2b-4f0e-9d1e-0123456789ab.new";
    write(folder.resolve("lock"), "123");
    write(folder.resolve(underWay), "ha");

    assertThat(FolderBytes.of(folder).files()).isEmpty();
    new FolderBytes(Map.of()).mirror(folder);

    assertThat(folder.resolve("lock")).hasContent("123");
    assertThat(folder.resolve(underWay)).exists();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(".").normalize());
    Files.writeString(file, text);
  }
}
