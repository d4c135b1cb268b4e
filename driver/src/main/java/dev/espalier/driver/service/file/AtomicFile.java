package dev.espalier.driver.service.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Replaces small files whole: after a crash a file has its old content or its new one. Temporary
 * file, fsync, atomic rename, fsync of the folder. Several processes may write one file; the last
 * one's text stays.
 */
public final class AtomicFile {

  /** No write takes nearly as long, so an older temporary file has no writer any more. */
  private static final Duration LONGEST_WRITE = Duration.ofHours(1);

  private static final Pattern TEMPORARY = Pattern.compile(".+\\.[0-9a-f-]{36}\\.new");

  private AtomicFile() {}

  /** Whether a name is that of a file that is not whole yet. */
  public static boolean isTemporary(String name) {
    return TEMPORARY.matcher(name).matches();
  }

  /** Writes a text as UTF-8, in place of what the file held. */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes in place of what the file held. */
  public static void write(Path file, byte[] content) {
    Path temporary = temporary(file);
    try {
      try {
        writeDurably(temporary, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      Path folder = file.resolveSibling(".");
      syncFolder(folder);
      removeAbandoned(folder, file.getFileName() + ".*.new");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /**
   * Makes a file that was not there; false if it was. Only one caller wins, and after a crash there
   * is the whole file or none.
   */
  public static boolean create(Path file, byte[] content) {
    Path temporary = temporary(file);
    try {
      try {
        writeDurably(temporary, content);
        // Unlike a rename, a link never takes the place of what is there.
        Files.createLink(file, temporary);
      } finally {
        Files.deleteIfExists(temporary);
      }
      syncFolder(file.resolveSibling("."));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      throw new UncheckedIOException(
          new IOException(
              "cannot write %s: its file system has no hard links. Maybe use another one?"
                  .formatted(file),
              e));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The text of a file, as UTF-8. */
  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Path temporary(Path file) {
    return file.resolveSibling("%s.%s.new".formatted(file.getFileName(), UUID.randomUUID()));
  }

  private static void writeDurably(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void removeAbandoned(Path folder, String names) throws IOException {
    Instant latest = Instant.now().minus(LONGEST_WRITE);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
      for (Path file : files) {
        if (written(file).isBefore(latest)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static Instant written(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (NoSuchFileException e) {
      // Its writer has finished meanwhile.
      return Instant.MAX;
    }
  }

  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
