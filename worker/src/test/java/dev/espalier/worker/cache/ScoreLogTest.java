package dev.espalier.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoreLogTest {

  private static final long ROOM = 1 << 20;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("scores.log");
  }

  @Test
  void load_afterReopening_givesWhatWasStored() throws IOException {
    write(3, ROOM);

    try (ScoreLog log = ScoreLog.open(file, ROOM)) {
      assertThat(log.size()).isEqualTo(3);
      assertThat(log.load("key-1")).isEqualTo(value(1));
      assertThat(log.load("key-9")).isNull();
    }
  }

  @Test
  void store_knownKey_addsNothing() throws IOException {
    try (ScoreLog log = ScoreLog.open(file, ROOM)) {
      log.store("key", new byte[] {1});
      long length = Files.size(file);
      log.store("key", new byte[] {1});

      assertThat(Files.size(file)).isEqualTo(length);
    }
  }

  @Test
  void open_tornAtAnyByte_keepsTheWholeRecordsAndWritesOn() throws IOException {
    write(3, ROOM);
    byte[] whole = Files.readAllBytes(file);
    int record = whole.length / 3;
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (ScoreLog log = ScoreLog.open(file, ROOM)) {
        assertThat(log.size()).isEqualTo(length / record);
        log.store("new", new byte[] {42});
      }
      try (ScoreLog log = ScoreLog.open(file, ROOM)) {
        assertThat(log.size()).isEqualTo(length / record + 1);
        assertThat(log.load("new")).containsExactly(42);
      }
    }
  }

  @Test
  void open_anyByteDamaged_neverGivesAWrongValue() throws IOException {
    write(3, ROOM);
    byte[] whole = Files.readAllBytes(file);
    for (int position = 0; position < whole.length; position++) {
      byte[] damaged = whole.clone();
      damaged[position] ^= 0x40;
      Files.write(file, damaged);
      try (ScoreLog log = ScoreLog.open(file, ROOM)) {
        assertThat(log.size()).isEqualTo(position / (whole.length / 3));
        for (int i = 0; i < log.size(); i++) {
          assertThat(log.load("key-" + i)).isEqualTo(value(i));
        }
      }
    }
  }

  @Test
  void load_damagedWhileOpen_isAMiss() throws IOException {
    try (ScoreLog log = ScoreLog.open(file, ROOM)) {
      log.store("key", new byte[100]);
      byte[] bytes = Files.readAllBytes(file);
      bytes[50] ^= 1;
      Files.write(file, bytes, StandardOpenOption.WRITE);

      assertThat(log.load("key")).isNull();
    }
  }

  @Test
  void store_fileIsFull_takesNoMoreAndKeepsServing() throws IOException {
    try (ScoreLog log = ScoreLog.open(file, 300)) {
      for (int i = 0; i < 10; i++) {
        log.store("key-" + i, value(i));
      }

      assertThat(Files.size(file)).isLessThanOrEqualTo(300);
      assertThat(log.load("key-0")).isEqualTo(value(0));
      assertThat(log.load("key-9")).isNull();
    }
  }

  @Test
  void open_fileAboveItsBound_keepsTheNewestHalf() throws IOException {
    write(10, ROOM);
    long record = Files.size(file) / 10;

    try (ScoreLog log = ScoreLog.open(file, 6 * record)) {
      assertThat(log.size()).isEqualTo(3);
      assertThat(log.load("key-6")).isNull();
      assertThat(log.load("key-7")).isEqualTo(value(7));
      assertThat(log.load("key-9")).isEqualTo(value(9));
      log.store("key-0", value(0));
    }
    try (ScoreLog log = ScoreLog.open(file, 6 * record)) {
      assertThat(log.size()).isEqualTo(4);
      assertThat(log.load("key-0")).isEqualTo(value(0));
    }
  }

  private void write(int records, long room) throws IOException {
    try (ScoreLog log = ScoreLog.open(file, room)) {
      for (int i = 0; i < records; i++) {
        log.store("key-" + i, value(i));
      }
    }
  }

  private static byte[] value(int i) {
    byte[] value = new byte[40];
    Arrays.fill(value, (byte) i);
    return value;
  }
}
