package dev.espalier.driver.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.store.AppendedObject;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.MemoryFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedLogTest {

  @TempDir private Path folder;
  private final JobFolder job = new JobFolder(new JobId("demo-1"), new MemoryFolder());

  private ShippedLog begin(Path file) {
    return ShippedLog.begin(file, job.folder(), JobFolder.LOG);
  }

  private String shipped(long from) {
    return new String(job.log(from), StandardCharsets.UTF_8);
  }

  @Test
  void lines_writtenWhileTheJobRuns_areInTheStoreBeforeItEnds() throws Exception {
    Path file = folder.resolve("logs/demo-1");
    try (ShippedLog log = begin(file)) {
      Files.writeString(file, "one\n");
      long end = System.nanoTime() + 30_000_000_000L;
      while (shipped(0).isEmpty()) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(50);
      }
      assertThat(shipped(0)).isEqualTo("one\n");
      Files.writeString(file, "two\n", StandardOpenOption.APPEND);
    }

    assertThat(shipped(0)).isEqualTo("one\ntwo\n");
    assertThat(shipped(4)).isEqualTo("two\n");
    assertThat(shipped(8)).isEmpty();
  }

  @Test
  void begin_onAnotherMachineOrAgain_goesOnBehindWhatIsThere() throws Exception {
    Path one = folder.resolve("one");
    try (ShippedLog log = begin(one)) {
      Files.writeString(one, "first run\n");
    }
    Path other = folder.resolve("other");
    try (ShippedLog log = begin(other)) {
      Files.writeString(other, "second run\n");
    }
    try (ShippedLog log = begin(one)) {
      Files.writeString(one, "third run\n", StandardOpenOption.APPEND);
    }

    assertThat(shipped(0)).isEqualTo("first run\nsecond run\nthird run\n");
  }

  @Test
  void close_anotherProcessHasWrittenMeanwhile_losesNoLine() throws Exception {
    Path file = folder.resolve("one");
    try (ShippedLog log = begin(file)) {
      Files.writeString(file, "ours\n");
      new AppendedObject(job.folder(), JobFolder.LOG).append("theirs\n".getBytes("UTF-8"));
    }

    assertThat(shipped(0)).contains("ours\n", "theirs\n");
  }

  @Test
  void lines_namesThatAreNotOursAmongThePieces_reachTheStoreAllTheSame() throws Exception {
    Folder pieces = job.folder().folder("log.appended");
    for (String stray : List.of("foo", "12x", "99999999999999999999")) {
      pieces.writeText(stray, "not ours");
    }
    Path file = folder.resolve("one");
    try (ShippedLog log = begin(file)) {
      Files.writeString(file, "begin\n");
    }
    pieces.writeText("bar", "not ours");
    try (ShippedLog log = begin(file)) {
      Files.writeString(file, "more\n", StandardOpenOption.APPEND);
    }

    assertThat(shipped(0)).isEqualTo("begin\nmore\n");
    assertThat(shipped(6)).isEqualTo("more\n");
    assertThat(pieces.names()).contains("bar");
  }
}
