package dev.espalier.driver.service.store;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.driver.journal.OpenDisk;
import dev.espalier.driver.service.file.Json;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A folder of objects that several processes, also of several machines, may use at once. An object
 * is written whole and durably, or not at all; a folder is there as soon as something is in it.
 * {@link #toString} is its place for people.
 *
 * <p>Names are those of files: a {@link dev.espalier.search.job.BadInputException} refuses one that
 * leads out of the folder, by itself or through a link. Every method throws an {@link
 * UncheckedIOException} that names the object where the place does not do its duty. Thread-safe.
 */
public interface Folder {

  /** A folder of the file system, whether it is there or not. */
  static Folder of(Path path) {
    return new LocalFolder(path);
  }

  /** Its place, for programs. */
  @JsonValue
  URI uri();

  /** Its path where it is a folder of the file system, so that locks of processes reach it. */
  Optional<Path> local();

  /** How long to wait at least between two looks into it, or two reports of progress. */
  Duration pace();

  /** Whether something is in it, or it was made. */
  boolean exists();

  /** The names of its objects, sorted; none if it is not there. */
  List<String> names();

  /** The names of the folders in it, sorted; none if it is not there. */
  List<String> folders();

  /** A folder in it, whether it is there or not. */
  Folder folder(String name);

  /** Makes a folder of a name that none has; empty if one has it. Only one caller wins. */
  Optional<Folder> claim(String name);

  /** All bytes of an object; empty if there is none. */
  Optional<byte[]> read(String name);

  /** Makes an object of a name that none has; false if one has it. Only one caller wins. */
  boolean create(String name, byte[] content);

  /**
   * Makes an object of a name that none has, of a content that nobody else writes under this name;
   * false if one has the name. So this one knows its own object again: if the reply to a request is
   * lost, others cannot tell whether it was they who made what is there.
   */
  default boolean createOwn(String name, byte[] unique) {
    try {
      return create(name, unique) || isOwn(name, unique);
    } catch (UncheckedIOException e) {
      if (isOwn(name, unique)) {
        return true;
      }
      throw e;
    }
  }

  private boolean isOwn(String name, byte[] unique) {
    return read(name).filter(found -> Arrays.equals(found, unique)).isPresent();
  }

  /** Makes an object, or replaces it: who reads finds the old content or the new one. */
  void write(String name, byte[] content);

  /** Removes an object, if it is there. */
  void delete(String name);

  /** The same folder as the disk of a journal, for its only writer; it is made if need be. */
  OpenDisk disk();

  /** The same folder as the disk of a journal, to read from; it may not even be there. */
  OpenDisk readOnlyDisk();

  /** Whether there is an object of a name. */
  default boolean has(String name) {
    return names().contains(name);
  }

  /** An object as people call it. */
  default String describe(String name) {
    return this + "/" + name;
  }

  /** Makes an object of a text, as UTF-8, or replaces it. */
  default void writeText(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Makes an object of a value, as JSON, or replaces it. */
  default void writeJson(String name, Object value) {
    writeText(name, Json.text(value));
  }

  /**
   * Reads back what {@link #writeJson} wrote; empty if there is no such object.
   *
   * @throws dev.espalier.search.job.BadInputException if the object holds something else
   */
  default <T> Optional<T> readJson(String name, Class<T> type) {
    return read(name).map(bytes -> Json.parse(bytes, describe(name), type));
  }
}
