package dev.espalier.driver.service.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir private Path folder;

  @Test
  void write_manyWritersAtOnce_leavesOneWholeTextAndNothingElse() throws IOException {
    Path file = folder.resolve("protocol");

    IntStream.range(0, 64)
        .parallel()
        .forEach(i -> AtomicFile.write(file, Integer.toString(i % 10).repeat(1 + 1000 * (i % 10))));

    assertThat(AtomicFile.read(file)).matches("(\\d)\\1*");
    assertThat(files()).containsExactly("protocol");
  }

  @Test
  void write_thatFails_keepsTheOldTextAndLeavesNothing() throws IOException {
    Path taken = folder.resolve("taken");
    Files.createDirectories(taken.resolve("by a folder"));

    assertThatThrownBy(() -> AtomicFile.write(taken, "text"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot write " + taken);
    assertThat(files()).containsExactly("taken");
  }

  @Test
  void write_nextToWhatADeadWriterLeft_removesItOnceItIsOld() throws IOException {
    Path file = folder.resolve("status.json");
    Path old = Files.writeString(folder.resolve("status.json.left.new"), "{");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Files.writeString(folder.resolve("status.json.young.new"), "{");
    Files.writeString(folder.resolve("other.json.left.new"), "{");

    AtomicFile.write(file, "{}");

    assertThat(files())
        .containsExactly("other.json.left.new", "status.json", "status.json.young.new");
  }

  private Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }
}
