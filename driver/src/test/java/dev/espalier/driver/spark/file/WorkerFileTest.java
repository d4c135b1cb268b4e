package dev.espalier.driver.spark.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.worker.request.ContentFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerFileTest {

  @TempDir Path folder;

  @Test
  void unpack_chunksOfAFile_givesTheFileUnderItsDigest() throws IOException {
    byte[] content = {1, 2, 3, 4, 5, 6, 7};
    Path original = Files.write(folder.resolve("original"), content);
    byte[][] chunks = WorkerFile.chunks(original, 3);

    ContentFile copy = WorkerFile.unpack("abc", chunks, folder);

    assertThat(chunks).hasNumberOfRows(3);
    assertThat(copy).isEqualTo(new ContentFile("abc", folder.resolve("abc")));
    assertThat(copy.path()).hasBinaryContent(content);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(original, copy.path());
    }
  }

  @Test
  void unpack_fileIsThere_writesNothing() throws IOException {
    Path there = Files.writeString(folder.resolve("abc"), "there");

    WorkerFile.unpack("abc", new byte[][] {{1}}, folder);

    assertThat(there).hasContent("there");
  }

  @Test
  void chunks_missingFile_namesIt() {
    assertThatThrownBy(() -> WorkerFile.chunks(folder.resolve("missing"), 3))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing");
  }
}
