package dev.espalier.driver.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDiskTest {

  @TempDir Path parent;

  private FolderDisk disk;

  @BeforeEach
  void open() throws IOException {
    disk = FolderDisk.of(parent.resolve("a folder"));
  }

  @AfterEach
  void close() throws IOException {
    disk.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private String content(String name) throws IOException {
    return Files.readString(parent.resolve("a folder").resolve(name));
  }

  @Test
  void of_foldersThatAreNotThere_makesThem() throws IOException {
    try (FolderDisk deep = FolderDisk.of(parent.resolve("x/y/z"))) {
      deep.append("log", bytes("1"));
    }

    assertThat(parent.resolve("x/y/z/log")).hasContent("1");
  }

  @Test
  void append_twiceAndReopened_addsToTheEnd() throws IOException {
    disk.append("log", bytes("one,"));
    disk.append("log", bytes("two,"));
    disk.force("log");
    disk.close();
    disk = FolderDisk.of(parent.resolve("a folder"));
    disk.append("log", bytes("three"));

    assertThat(content("log")).isEqualTo("one,two,three");
    assertThat(disk.read("log")).isEqualTo(bytes("one,two,three"));
  }

  @Test
  void rename_ontoAnOpenFile_replacesItAndGoesOnAppending() throws IOException {
    disk.append("log", bytes("old"));
    disk.append("log.tmp", bytes("new"));
    disk.rename("log.tmp", "log");
    disk.forceNames();
    disk.append("log", bytes("er"));

    assertThat(disk.names()).containsExactly("log");
    assertThat(content("log")).isEqualTo("newer");
  }

  @Test
  void delete_fileThereOrNot_isGone() throws IOException {
    disk.append("log", bytes("old"));
    disk.delete("log");
    disk.delete("log");

    assertThat(disk.names()).isEmpty();
    disk.append("log", bytes("new"));
    assertThat(content("log")).isEqualTo("new");
  }

  @Test
  void names_filesAndFolders_areTheFilesSorted() throws IOException {
    Files.createDirectory(parent.resolve("a folder").resolve("c"));
    disk.append("b", bytes("1"));
    disk.append("a", bytes("2"));

    assertThat(disk.names()).containsExactly("a", "b");
  }

  @Test
  void read_noFile_isRefusedNamingIt() {
    assertThatIOException().isThrownBy(() -> disk.read("none")).withMessageContaining("none");
  }

  @Test
  void read_fileTooLargeForASearch_isRefusedBeforeMemoryIsTaken() throws IOException {
    try (RandomAccessFile sparse =
        new RandomAccessFile(parent.resolve("a folder/huge").toFile(), "rw")) {
      sparse.setLength(5L << 30);
    }

    assertThatIOException()
        .isThrownBy(() -> disk.read("huge"))
        .withMessageContainingAll("huge", "5368709120 bytes", "at most");
  }
}
