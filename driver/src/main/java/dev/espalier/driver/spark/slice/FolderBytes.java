package dev.espalier.driver.spark.slice;

import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.file.Folders;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a folder and of those in it, on their way. A lock stays where it is, and so does
 * what is not whole yet.
 *
 * @param files content by path, relative to the folder
 */
record FolderBytes(Map<String, byte[]> files) implements Serializable {

  private static final String LOCK = "lock";

  /** Reads a folder; one that is not there has no files. */
  static FolderBytes of(Path folder) {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : names(folder)) {
      try {
        files.put(name, Files.readAllBytes(folder.resolve(name)));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + folder.resolve(name), e);
      }
    }
    return new FolderBytes(files);
  }

  /**
   * Makes a folder hold these files and no others. Each is whole or not there, whatever happens
   * meanwhile, and none goes before all are there.
   */
  void mirror(Path folder) {
    Folders.make(folder);
    files.forEach(
        (name, content) -> {
          Path file = folder.resolve(name);
          Folders.make(file.resolveSibling(".").normalize());
          AtomicFile.write(file, content);
        });
    for (String name : names(folder)) {
      if (!files.containsKey(name)) {
        try {
          Files.delete(folder.resolve(name));
        } catch (IOException e) {
          throw new UncheckedIOException("cannot remove " + folder.resolve(name), e);
        }
      }
    }
  }

  private static List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !AtomicFile.isTemporary(file.getFileName().toString()))
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.equals(LOCK))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
