package dev.espalier.driver.service.store.hadoop;

import dev.espalier.driver.journal.OpenDisk;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.ObjectDisk;
import dev.espalier.driver.service.store.ObjectName;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A folder of one of Hadoop's file systems.
 *
 * @param files the file system
 * @param path the folder
 * @param writing how objects are made there
 */
record HadoopFolder(FileSystem files, Path path, Writing writing) implements Folder {

  /** Every look is a request over the network, which may cost money. */
  private static final Duration PACE = Duration.ofSeconds(2);

  /** More than anything but a PruningNet has, and little enough to be held in memory. */
  private static final long LARGEST = 1L << 30;

  /** Marks a folder that was claimed: in an object store a folder alone is nothing. */
  private static final String CLAIMED = "claimed";

  @Override
  public URI uri() {
    return path.toUri();
  }

  @Override
  public Optional<java.nio.file.Path> local() {
    return Optional.empty();
  }

  @Override
  public Duration pace() {
    return PACE;
  }

  @Override
  public boolean exists() {
    return trying("look at", path, () -> files.exists(path));
  }

  @Override
  public List<String> names() {
    return list(FileStatus::isFile);
  }

  @Override
  public List<String> folders() {
    return list(FileStatus::isDirectory);
  }

  @Override
  public Folder folder(String name) {
    return new HadoopFolder(files, resolve(name), writing);
  }

  @Override
  public Optional<Folder> claim(String name) {
    Folder claimed = folder(name);
    return claimed.create(CLAIMED, new byte[0]) ? Optional.of(claimed) : Optional.empty();
  }

  @Override
  public Optional<byte[]> read(String name) {
    Path object = resolve(name);
    return trying(
        "read",
        object,
        () -> {
          try (InputStream in = files.open(object)) {
            byte[] content = in.readNBytes((int) LARGEST);
            if (in.read() >= 0) {
              throw new IOException("expected at most %d bytes".formatted(LARGEST));
            }
            return Optional.of(content);
          } catch (FileNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public boolean create(String name, byte[] content) {
    Path object = resolve(name);
    return trying("write", object, () -> writing.create(object, content));
  }

  @Override
  public void write(String name, byte[] content) {
    Path object = resolve(name);
    trying(
        "write",
        object,
        () -> {
          writing.replace(object, content);
          return object;
        });
  }

  @Override
  public void delete(String name) {
    Path object = resolve(name);
    trying("remove", object, () -> files.delete(object, false));
  }

  @Override
  public OpenDisk disk() {
    return new ObjectDisk(this);
  }

  @Override
  public OpenDisk readOnlyDisk() {
    return new ObjectDisk(this);
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private Path resolve(String name) {
    return new Path(path, ObjectName.require(name));
  }

  private List<String> list(Predicate<FileStatus> wanted) {
    return trying(
        "list",
        path,
        () -> {
          List<String> names = new ArrayList<>();
          try {
            RemoteIterator<FileStatus> found = files.listStatusIterator(path);
            while (found.hasNext()) {
              FileStatus status = found.next();
              if (wanted.test(status) && ObjectName.isName(status.getPath().getName())) {
                names.add(status.getPath().getName());
              }
            }
          } catch (FileNotFoundException e) {
            return List.of();
          }
          names.sort(null);
          return List.copyOf(names);
        });
  }

  /** Something that may fail as files do. */
  private interface Request<T> {
    T run() throws IOException;
  }

  private static <T> T trying(String what, Path object, Request<T> request) {
    try {
      return request.run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot %s %s".formatted(what, object), e);
    }
  }
}
