package dev.espalier.driver.service.store;

import dev.espalier.driver.journal.FolderDisk;
import dev.espalier.driver.journal.OpenDisk;
import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder of the file system of this machine, or of one that several machines share.
 *
 * @param path the folder, absolute
 */
record LocalFolder(Path path) implements Folder {

  LocalFolder {
    path = path.toAbsolutePath().normalize();
  }

  @Override
  public URI uri() {
    return path.toUri();
  }

  @Override
  public Optional<Path> local() {
    return Optional.of(path);
  }

  @Override
  public Duration pace() {
    return Duration.ZERO;
  }

  @Override
  public boolean exists() {
    return Files.isDirectory(path);
  }

  @Override
  public List<String> names() {
    return list(
        file ->
            Files.isRegularFile(file) && !AtomicFile.isTemporary(file.getFileName().toString()));
  }

  @Override
  public List<String> folders() {
    return list(Files::isDirectory);
  }

  @Override
  public Folder folder(String name) {
    return new LocalFolder(resolve(name));
  }

  @Override
  public Optional<Folder> claim(String name) {
    Path claimed = resolve(name);
    try (FolderDisk disk = FolderDisk.of(path)) {
      Files.createDirectory(claimed);
      disk.forceNames();
      return Optional.of(new LocalFolder(claimed));
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + claimed, e);
    }
  }

  @Override
  public Optional<byte[]> read(String name) {
    Path file = resolve(name);
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public boolean create(String name, byte[] content) {
    Path file = resolve(name);
    make();
    return AtomicFile.create(file, content);
  }

  @Override
  public void write(String name, byte[] content) {
    Path file = resolve(name);
    make();
    AtomicFile.write(file, content);
  }

  @Override
  public void delete(String name) {
    Path file = resolve(name);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }

  @Override
  public OpenDisk disk() {
    try {
      return FolderDisk.of(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + path, e);
    }
  }

  @Override
  public OpenDisk readOnlyDisk() {
    return FolderDisk.existing(path);
  }

  @Override
  public String describe(String name) {
    return path.resolve(name).toString();
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private void make() {
    if (!Files.isDirectory(path)) {
      try {
        FolderDisk.of(path).close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make " + path, e);
      }
    }
  }

  private List<String> list(Predicate<Path> wanted) {
    if (!exists()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> ObjectName.isName(file.getFileName().toString()))
          .filter(file -> !leadsOut(file))
          .filter(wanted)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + path, e);
    }
  }

  private Path resolve(String name) {
    Path file = path.resolve(ObjectName.require(name));
    if (leadsOut(file)) {
      throw new BadInputException(
          "%s: it is a link out of %s, expected a file or folder of its own".formatted(file, path));
    }
    return file;
  }

  /** Whether it is a link to anything but what is in this folder. */
  private boolean leadsOut(Path file) {
    try {
      return Files.isSymbolicLink(file) && !file.toRealPath().startsWith(path.toRealPath());
    } catch (IOException e) {
      // It leads nowhere.
      return true;
    }
  }
}
