package dev.espalier.driver.service.data;

import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files of a folder that people name: the name and an extension.
 *
 * @param folder that holds them, whether it is there or not
 * @param extension of all of them
 * @param kind what one of them is, for messages
 * @param example of a name, for messages
 */
record NamedFiles(Path folder, String extension, String kind, String example) {

  private static final Pattern SAFE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");

  /** The names of all that are there, sorted. */
  List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(extension))
          .map(file -> file.substring(0, file.length() - extension.length()))
          .filter(name -> SAFE.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /** Whether there is one of a name, which may be any text. */
  boolean has(String name) {
    return SAFE.matcher(name).matches() && Files.exists(file(name));
  }

  /**
   * Where the file of a name is, or would be.
   *
   * @throws BadInputException if none can have this name
   */
  Path file(String name) {
    if (!SAFE.matcher(name).matches()) {
      throw new BadInputException(
          "%s '%s': expected lower-case letters, digits, dots and dashes, like %s"
              .formatted(kind, name, example));
    }
    return folder.resolve(name + extension);
  }

  /** What to say of a new one whose name another has. */
  BadInputException taken(String name) {
    return new BadInputException(
        "%s '%s' exists already, expected a new name. Maybe remove %s first?"
            .formatted(kind, name, file(name)));
  }
}
