package dev.espalier.worker.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretFileTest {

  @TempDir Path folder;
  private SecretFile file;

  @BeforeEach
  void nameFile() {
    file = new SecretFile(folder.resolve("secret"));
  }

  @Test
  void create_secondTime_makesAnotherSecretForItsOwnerAlone() throws IOException {
    assertThat(file.exists()).isFalse();
    file.create();
    String first = file.read();
    file.create();

    assertThat(first).matches("[0-9a-f]{64}");
    assertThat(file.read()).matches("[0-9a-f]{64}").isNotEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file.path()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void read_ofItsOwnerAlone_isTheLine(String permissions) throws IOException {
    write("abc\n", permissions);
    assertThat(file.read()).isEqualTo("abc");
  }

  @ParameterizedTest
  @CsvSource({
    "rw-r--r--, 644",
    "rw-r-----, 640",
    "rw----r--, 604",
    "rw--w----, 620",
    "rw-----w-, 602",
    "rw-----wx, 603"
  })
  void read_widerMode_isRefusedByItsMode(String permissions, String mode) throws IOException {
    write("abc", permissions);
    assertThatThrownBy(file::read)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("found a secret of mode " + mode + ", expected 600")
        .hasMessageNotContaining("abc");
  }

  @Test
  void read_emptyOrMissing_isRefused() throws IOException {
    assertThatThrownBy(file::read).isInstanceOf(IOException.class);
    write(" \n", "rw-------");
    assertThatThrownBy(file::read)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("empty");
  }

  private void write(String text, String permissions) throws IOException {
    Files.writeString(file.path(), text);
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(permissions));
  }
}
