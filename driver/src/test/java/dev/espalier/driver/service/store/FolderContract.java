package dev.espalier.driver.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.journal.OpenDisk;
import dev.espalier.driver.service.JobId;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What jobs, queues and journals may rely on, wherever their folder lies. */
public abstract class FolderContract {

  protected Folder folder;

  /** A folder that is not there yet. */
  protected abstract Folder open() throws Exception;

  /** More than there may be pieces of one object, where that does not take long. */
  protected int appends() {
    return 80;
  }

  @BeforeEach
  void begin() throws Exception {
    folder = open();
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String text(String name) {
    return new String(folder.read(name).orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void read_nothingThere_isEmptyEverywhere() {
    assertThat(folder.exists()).isFalse();
    assertThat(folder.names()).isEmpty();
    assertThat(folder.folders()).isEmpty();
    assertThat(folder.read("a")).isEmpty();
    assertThat(folder.has("a")).isFalse();
    folder.delete("a");
  }

  @Test
  void write_newObjectAndAgain_holdsTheLatestContent() {
    folder.write("a", bytes("one"));
    folder.write("a", bytes("other"));
    folder.write("empty", new byte[0]);

    assertThat(folder.exists()).isTrue();
    assertThat(text("a")).isEqualTo("other");
    assertThat(folder.read("empty")).hasValueSatisfying(found -> assertThat(found).isEmpty());
    assertThat(folder.names()).containsExactly("a", "empty");
  }

  @Test
  void write_whileOthersRead_isOldOrNewButNeverInBetween() throws Exception {
    folder.write("a", bytes("0".repeat(5_000)));
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () ->
                IntStream.range(1, 30)
                    .forEach(i -> folder.write("a", bytes(("" + i % 10).repeat(5_000)))));

    while (!writer.isDone()) {
      assertThat(text("a")).hasSize(5_000).matches("(\\d)\\1*");
      assertThat(folder.names()).containsExactly("a");
    }
    writer.get();
  }

  @Test
  void create_whileOthersRead_isWholeOrNotThere() throws Exception {
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () ->
                IntStream.range(0, 20)
                    .forEach(i -> folder.create("a" + i, bytes("0".repeat(50_000)))));

    while (!writer.isDone()) {
      for (int i = 0; i < 20; i++) {
        folder.read("a" + i).ifPresent(found -> assertThat(found).hasSize(50_000));
      }
    }
    writer.get();
    assertThat(folder.names()).hasSize(20);
  }

  @Test
  void create_manyAtOnce_oneWins() {
    List<String> winners =
        IntStream.range(0, 12)
            .parallel()
            .mapToObj(Integer::toString)
            .filter(mine -> folder.create("claim", bytes(mine)))
            .toList();

    assertThat(winners).hasSize(1);
    assertThat(text("claim")).isEqualTo(winners.get(0));
    assertThat(folder.create("claim", bytes("late"))).isFalse();
    assertThat(text("claim")).isEqualTo(winners.get(0));
  }

  @Test
  void create_afterTheObjectWasRemoved_isNewAgain() {
    folder.create("claim", bytes("1"));
    folder.delete("claim");

    assertThat(folder.create("claim", bytes("2"))).isTrue();
    assertThat(text("claim")).isEqualTo("2");
  }

  @Test
  void claim_manyAtOnce_oneGetsTheFolder() {
    List<Folder> claimed =
        IntStream.range(0, 12)
            .parallel()
            .mapToObj(i -> folder.claim("job-1"))
            .flatMap(Optional::stream)
            .toList();

    assertThat(claimed).hasSize(1);
    claimed.get(0).write("a", bytes("1"));
    assertThat(folder.folders()).containsExactly("job-1");
    assertThat(folder.folder("job-1").read("a")).isPresent();
    assertThat(folder.claim("job-1")).isEmpty();
  }

  @Test
  void folder_objectsInIt_areApartFromThoseAround() {
    Folder inner = folder.folder("inner");
    assertThat(inner.exists()).isFalse();
    inner.write("a", bytes("in"));
    folder.write("a", bytes("out"));

    assertThat(text("a")).isEqualTo("out");
    assertThat(folder.names()).containsExactly("a");
    assertThat(folder.folders()).containsExactly("inner");
    assertThat(inner.names()).containsExactly("a");
    assertThat(folder.folder("inner")).isEqualTo(inner).hasSameHashCodeAs(inner);
    assertThat(inner.toString()).startsWith(folder.toString()).endsWith("inner");
  }

  @Test
  void json_writtenAndRead_isTheSameAndDamageIsNamed() {
    folder.writeJson("id.json", new JobId("demo-1"));
    folder.writeText("bad.json", "{");

    assertThat(folder.readJson("id.json", JobId.class)).contains(new JobId("demo-1"));
    assertThat(folder.readJson("none.json", JobId.class)).isEmpty();
    assertThatThrownBy(() -> folder.readJson("bad.json", JobId.class))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(folder.toString(), "bad.json", "it is damaged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../a", "a/b", "/a", "a\\b", ".a", "a b", "a\u0000", "a:b"})
  void anyName_thatLeadsElsewhere_isRefused(String name) {
    assertThatThrownBy(() -> folder.read(name)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> folder.write(name, bytes("1"))).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> folder.create(name, bytes("1"))).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> folder.delete(name)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> folder.folder(name)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> folder.claim(name)).isInstanceOf(BadInputException.class);
  }

  @Test
  void disk_appendedAndForced_addsToTheEndAlsoAnew() throws IOException {
    try (OpenDisk disk = folder.disk()) {
      disk.append("log", bytes("one,"));
      disk.append("log", bytes("two,"));
      disk.force("log");
      assertThat(disk.read("log")).isEqualTo(bytes("one,two,"));
    }
    try (OpenDisk disk = folder.disk()) {
      disk.append("log", bytes("three"));
      disk.force("log");
      disk.forceNames();
    }
    try (OpenDisk disk = folder.readOnlyDisk()) {
      assertThat(disk.names()).containsExactly("log");
      assertThat(disk.read("log")).isEqualTo(bytes("one,two,three"));
    }
  }

  @Test
  void disk_manyForcedAppends_areReadInOrder() throws IOException {
    StringBuilder expected = new StringBuilder();
    try (OpenDisk disk = folder.disk()) {
      for (int i = 0; i < appends(); i++) {
        disk.append("log", bytes(i + ";"));
        disk.force("log");
        expected.append(i).append(';');
      }
    }
    try (OpenDisk disk = folder.readOnlyDisk()) {
      assertThat(disk.names()).containsExactly("log");
      assertThat(new String(disk.read("log"), StandardCharsets.UTF_8))
          .isEqualTo(expected.toString());
    }
  }

  @Test
  void disk_renamed_replacesAndGoesOnAppending() throws IOException {
    try (OpenDisk disk = folder.disk()) {
      disk.append("log", bytes("old"));
      disk.force("log");
      disk.append("log.tmp", bytes("new"));
      disk.force("log.tmp");
      disk.rename("log.tmp", "log");
      disk.forceNames();
      disk.append("log", bytes("er"));
      disk.force("log");

      assertThat(disk.names()).containsExactly("log");
      assertThat(disk.read("log")).isEqualTo(bytes("newer"));
    }
  }

  @Test
  void disk_appendedFileRenamed_keepsAllOfIt() throws IOException {
    try (OpenDisk disk = folder.disk()) {
      for (String part : List.of("a", "b", "c")) {
        disk.append("log", bytes(part));
        disk.force("log");
      }
      disk.rename("log", "damaged-log");
      disk.forceNames();

      assertThat(disk.names()).containsExactly("damaged-log");
      assertThat(disk.read("damaged-log")).isEqualTo(bytes("abc"));
    }
  }

  @Test
  void disk_created_succeedsOnce() throws IOException {
    try (OpenDisk disk = folder.disk();
        OpenDisk other = folder.disk()) {
      assertThat(disk.create("owner-1")).isTrue();
      assertThat(other.create("owner-1")).isFalse();
      assertThat(other.names()).containsExactly("owner-1");
      assertThat(other.read("owner-1")).isEmpty();
    }
  }

  @Test
  void disk_deleted_isGoneAndMayBeginAnew() throws IOException {
    try (OpenDisk disk = folder.disk()) {
      for (String part : List.of("old", "er")) {
        disk.append("log", bytes(part));
        disk.force("log");
      }
      disk.delete("log");
      disk.delete("log");

      assertThat(disk.names()).isEmpty();
      assertThatIOException().isThrownBy(() -> disk.read("log")).withMessageContaining("log");
      disk.append("log", bytes("new"));
      disk.force("log");
      assertThat(disk.read("log")).isEqualTo(bytes("new"));
    }
  }
}
