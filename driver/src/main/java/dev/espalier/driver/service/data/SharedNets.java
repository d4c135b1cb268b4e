package dev.espalier.driver.service.data;

import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.file.Folders;
import dev.espalier.driver.service.store.Folder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The trained PruningNets of a store that homes share: a training on another machine rounds
 * differently, so the one that is there first is everybody's.
 *
 * @param folder a folder for each, named after the digest of its training
 */
public record SharedNets(Folder folder) {

  private static final String NET = "net.pruningnet";

  /** Copies one into a file, if the store has it and the file has not. */
  public void fetch(String training, Path file) {
    if (!Files.exists(file)) {
      folder.folder(training).read(NET).ifPresent(content -> write(file, content));
    }
  }

  /** Puts one into the store; if another is there already, the file becomes that one. */
  public void publish(String training, Path file) {
    Folder own = folder.folder(training);
    byte[] content = read(file);
    Optional<byte[]> first = own.read(NET);
    if (first.isEmpty() && !own.create(NET, content)) {
      first = own.read(NET);
    }
    first.filter(found -> !Arrays.equals(found, content)).ifPresent(found -> write(file, found));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static void write(Path file, byte[] content) {
    Folders.make(file.resolveSibling(".").normalize());
    AtomicFile.write(file, content);
  }
}
