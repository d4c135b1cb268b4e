package dev.espalier.pruningnet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterFileTest {

  private static final String KIND = "test";
  private static final Map<String, String> ENTRIES = Map.of("greeting", "grüß Gott", "empty", "");

  @TempDir Path folder;
  private Path file;
  private NDManager scope;
  private List<Parameter> parameters;
  private String digest;

  @BeforeEach
  void write() {
    file = folder.resolve("file.test");
    scope = Torch.scope();
    Parameter first = Parameter.zeros("first", new Shape(3, 4), scope);
    Parameter second = Parameter.zeros("second", new Shape(2), scope);
    first.set(0, new float[] {1, -2, 3.5f, Float.MIN_VALUE, 5}, 5);
    second.set(0, new float[] {7, 8}, 2);
    parameters = List.of(first, second);
    digest = ParameterFile.write(file, KIND, new TreeMap<>(ENTRIES), parameters);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void write_thatFails_leavesNothingBehind() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken"));
    Files.createFile(taken.resolve("something"));

    assertThatThrownBy(() -> ParameterFile.write(taken, KIND, new TreeMap<>(ENTRIES), parameters))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(taken.toString());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, taken);
    }
  }

  @Test
  void read_givesBackEveryBitAndTheDigest() throws IOException {
    List<Parameter> blank = blank("first", "second");
    try (ParameterReader reader = ParameterFile.open(file, KIND)) {
      assertThat(reader.entries()).isEqualTo(ENTRIES);
      assertThat(reader.read(blank)).isEqualTo(digest);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(blank.get(i).array().toFloatArray())
          .containsExactly(parameters.get(i).array().toFloatArray());
    }
    byte[] bytes = Files.readAllBytes(file);
    assertThat(Sha256.of(Arrays.copyOf(bytes, bytes.length - 32))).isEqualTo(digest);
  }

  @Test
  void read_ofTheSameBytesFromMemory_isTheSame() throws IOException {
    List<Parameter> blank = blank("first", "second");
    byte[] bytes = Files.readAllBytes(file);
    try (ParameterReader reader =
        ParameterReader.of(
            Channels.newChannel(new ByteArrayInputStream(bytes)), "broadcast", KIND)) {
      assertThat(reader.read(blank)).isEqualTo(digest);
    }
  }

  @Test
  void write_leavesNothingElseInTheFolder() throws IOException {
    ParameterFile.write(file, KIND, new TreeMap<>(ENTRIES), parameters);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void read_ofAFileCutAnywhere_namesIt() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertRefused("it ends too early");
    }
  }

  @Test
  void read_ofAFileWithAnyByteChanged_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      Files.write(file, damaged);
      assertRefused("");
    }
  }

  @Test
  void read_ofAFileWithBytesBehindItsEnd_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    assertRefused("bytes behind its end");
  }

  @Test
  void read_intoOtherParameters_saysWhichDiffer() {
    try (ParameterReader reader = ParameterFile.open(file, KIND)) {
      List<Parameter> other = blank("first", "third");
      assertThatThrownBy(() -> reader.read(other))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("'second'")
          .hasMessageContaining("'third'");
    }
  }

  @Test
  void open_ofAFileOfAnotherKind_saysSo() {
    assertThatThrownBy(() -> ParameterFile.open(file, "pruningnet"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("%s: it is a test file, expected a pruningnet file", file);
  }

  @Test
  void open_ofAForeignFile_saysSo() throws IOException {
    Files.writeString(file, "some text that is long enough to be something");
    assertThatThrownBy(() -> ParameterFile.open(file, KIND))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("does not begin as a test file");
  }

  @Test
  void open_ofNoFile_saysSo() {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> ParameterFile.open(none, KIND))
        .isInstanceOf(BadInputException.class)
        .hasMessage("%s: there is no such file", none);
  }

  private void assertRefused(String problem) {
    List<Parameter> blank = blank("first", "second");
    assertThatThrownBy(
            () -> {
              try (ParameterReader reader = ParameterFile.open(file, KIND)) {
                reader.read(blank);
              }
            })
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(problem);
  }

  private List<Parameter> blank(String first, String second) {
    return List.of(
        Parameter.zeros(first, new Shape(3, 4), scope),
        Parameter.zeros(second, new Shape(2), scope));
  }
}
