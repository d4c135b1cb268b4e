package dev.espalier.pruningnet.tensor;

import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * Parameters and what is known of them in one file: 8 letters {@code ESPALIER}, the version (4
 * bytes), the length of the header (4), the header, the values of each parameter, and the SHA-256
 * of all that comes before it (32). The header holds, each text as its length (4) and UTF-8: the
 * kind of file, the number of entries (4) and each entry's key and value, the number of parameters
 * (4) and each one's name and number of values (8). Numbers are big-endian; values are float32,
 * little-endian, as every machine with a native engine has them in memory.
 *
 * <p>A file is there with all of its bytes or not at all: it is written under another name, forced
 * to disk, and then renamed.
 */
public final class ParameterFile {

  private ParameterFile() {}

  /**
   * Writes a file, replacing one of this name.
   *
   * @param kind what the file is, e.g. {@code pruningnet}
   * @param entries what is known of the parameters
   * @return the digest at its end, as 64 hexadecimal digits
   */
  public static String write(
      Path file, String kind, SortedMap<String, String> entries, List<Parameter> parameters) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    ParameterHeader header = ParameterHeader.of(kind, entries, parameters);
    try {
      String digest;
      try {
        digest = writeDurably(unfinished, header, parameters);
        Files.move(
            unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        // On a disk that is full it would take the room that others need to say so.
        Files.deleteIfExists(unfinished);
      }
      forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      return digest;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static String writeDurably(Path file, ParameterHeader header, List<Parameter> parameters)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      DigestingChannel out = DigestingChannel.writing(channel);
      out.write(header.encode());
      for (Parameter parameter : parameters) {
        out.write(parameter.bytes());
      }
      ByteBuffer hash = out.digest();
      String digest = DigestingChannel.hex(hash);
      out.write(hash);
      channel.force(true);
      return digest;
    }
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws BadInputException if it is missing, cut short, or not of this kind; the message names
   *     it
   */
  public static ParameterReader open(Path file, String kind) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return ParameterReader.of(channel, file.toString(), kind);
    } catch (NoSuchFileException e) {
      throw new BadInputException("%s: there is no such file".formatted(file), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Makes the rename itself durable. */
  private static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
