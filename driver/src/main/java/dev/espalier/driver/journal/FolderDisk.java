package dev.espalier.driver.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of the file system as the engine's disk. Forcing is fsync, of the file or of the folder,
 * and a file that was written stays open until this is closed, so that an error which the system
 * reports late is not missed.
 *
 * <p>Used by one thread.
 */
public final class FolderDisk implements OpenDisk {

  /** More than any search writes into one file, and little enough to be held in memory. */
  private static final long LARGEST = 1L << 30;

  private final Path folder;
  private final Map<String, FileChannel> open = new HashMap<>();

  private FolderDisk(Path folder) {
    this.folder = folder;
  }

  /** The disk of a folder, which is made, durably, if it is not there. */
  public static FolderDisk of(Path folder) throws IOException {
    make(folder.toAbsolutePath());
    return new FolderDisk(folder);
  }

  /** The disk of a folder to read from: nothing is made, and it may not even be there. */
  public static FolderDisk existing(Path folder) {
    return new FolderDisk(folder);
  }

  private static void make(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent != null && !Files.isDirectory(folder)) {
      make(parent);
      Files.createDirectories(folder);
      forceNames(parent);
    }
  }

  private static void forceNames(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    Path file = folder.resolve(name);
    if (Files.size(file) > LARGEST) {
      throw new IOException(
          "%s has %d bytes, expected at most %d".formatted(file, Files.size(file), LARGEST));
    }
    return Files.readAllBytes(file);
  }

  @Override
  public boolean create(String name) throws IOException {
    try {
      Files.createFile(folder.resolve(name));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public void append(String name, byte[] bytes) throws IOException {
    try {
      FileChannel file = channel(name);
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      file.position(file.size());
      while (rest.hasRemaining()) {
        file.write(rest);
      }
    } catch (IOException e) {
      throw named(name, e);
    }
  }

  @Override
  public void force(String name) throws IOException {
    try {
      channel(name).force(true);
    } catch (IOException e) {
      throw named(name, e);
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    release(to);
    FileChannel moved = open.remove(from);
    Files.move(
        folder.resolve(from),
        folder.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    if (moved != null) {
      open.put(to, moved);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    release(name);
    Files.deleteIfExists(folder.resolve(name));
  }

  @Override
  public void forceNames() throws IOException {
    forceNames(folder);
  }

  @Override
  public void close() throws IOException {
    for (String name : List.copyOf(open.keySet())) {
      release(name);
    }
  }

  /** What the system says of a full or broken disk does not name the file. */
  private IOException named(String name, IOException e) {
    return new IOException("%s: %s".formatted(folder.resolve(name), e.getMessage()), e);
  }

  private FileChannel channel(String name) throws IOException {
    FileChannel channel = open.get(name);
    if (channel == null) {
      channel =
          FileChannel.open(
              folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      open.put(name, channel);
    }
    return channel;
  }

  private void release(String name) throws IOException {
    FileChannel channel = open.remove(name);
    if (channel != null) {
      channel.close();
    }
  }
}
