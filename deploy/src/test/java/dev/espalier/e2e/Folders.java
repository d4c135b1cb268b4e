package dev.espalier.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders. */
final class Folders {

  private Folders() {}

  /** Copies a folder to a place where nothing is. */
  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.resolveSibling("."));
    for (Path path : below(from)) {
      Files.copy(path, to.resolve(from.relativize(path).toString()));
    }
  }

  /** Removes a folder and all that is in it. */
  static void delete(Path folder) throws IOException {
    for (Path path : below(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
      Files.delete(path);
    }
  }

  /** The names of the files in a folder. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.toList();
    }
  }
}
