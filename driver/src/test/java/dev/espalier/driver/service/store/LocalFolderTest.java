package dev.espalier.driver.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderTest extends FolderContract {

  @TempDir private Path parent;

  @Override
  protected Folder open() {
    return Folder.of(parent.resolve("a folder"));
  }

  @Test
  void write_object_isAFileOfThatName() {
    folder.folder("x").folder("y").write("a", bytes("1"));

    assertThat(parent.resolve("a folder/x/y/a")).hasContent("1");
    assertThat(folder.local()).contains(parent.resolve("a folder"));
    assertThat(folder).hasToString(parent.resolve("a folder").toString());
  }

  @Test
  void anyName_thatIsALinkOutOfTheFolder_isRefused() throws Exception {
    Path secret = Files.writeString(parent.resolve("secret"), "s");
    Path outside = Files.createDirectory(parent.resolve("outside"));
    folder.write("a", bytes("1"));
    Path path = folder.local().orElseThrow();
    Files.createSymbolicLink(path.resolve("file"), secret);
    Files.createSymbolicLink(path.resolve("folder"), outside);
    Files.createSymbolicLink(path.resolve("inside"), path.resolve("a"));

    assertThatThrownBy(() -> folder.read("file"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("it is a link out of");
    assertThatThrownBy(() -> folder.write("file", bytes("2")))
        .isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> folder.folder("folder")).isInstanceOf(BadInputException.class);
    assertThat(folder.folders()).isEmpty();
    assertThat(folder.read("inside")).hasValue(bytes("1"));
    assertThat(secret).hasContent("s");
  }
}
