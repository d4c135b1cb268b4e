package dev.espalier.driver.service.store;

import dev.espalier.driver.journal.OpenDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The engine's disk in a folder of objects that are only written whole. What is appended to a file
 * is kept in memory until it is forced, and is then one more {@linkplain AppendedObject piece} of
 * it; nothing is ever half there. Names are durable as soon as a method returns.
 *
 * <p>A file that has pieces cannot be replaced by renaming another; no journal does.
 */
public final class ObjectDisk implements OpenDisk {

  private final Folder folder;
  private final Map<String, AppendedObject> files = new HashMap<>();
  private final Map<String, ByteArrayOutputStream> unforced = new HashMap<>();

  /** The disk of a folder, whether it is there or not. */
  public ObjectDisk(Folder folder) {
    this.folder = folder;
  }

  @Override
  public List<String> names() throws IOException {
    return checked(folder::names);
  }

  @Override
  public byte[] read(String name) throws IOException {
    byte[] forced =
        checked(() -> file(name).read())
            .orElseThrow(() -> new NoSuchFileException(folder.describe(name)));
    if (!unforced.containsKey(name)) {
      return forced;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(forced);
    unforced.get(name).writeTo(all);
    return all.toByteArray();
  }

  @Override
  public boolean create(String name) throws IOException {
    return checked(() -> folder.create(name, new byte[0]));
  }

  @Override
  public void append(String name, byte[] bytes) {
    unforced.computeIfAbsent(name, any -> new ByteArrayOutputStream()).writeBytes(bytes);
  }

  @Override
  public void force(String name) throws IOException {
    ByteArrayOutputStream bytes = unforced.remove(name);
    if (bytes == null || bytes.size() == 0) {
      return;
    }
    if (!checked(() -> file(name).append(bytes.toByteArray()))) {
      throw new IOException(
          "%s: somebody else has appended to it".formatted(folder.describe(name)));
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    force(from);
    byte[] content = read(from);
    unforced.remove(to);
    checked(
        () -> {
          file(to).replace(content);
          file(from).delete();
          return to;
        });
  }

  @Override
  public void delete(String name) throws IOException {
    unforced.remove(name);
    checked(
        () -> {
          file(name).delete();
          return name;
        });
  }

  @Override
  public void forceNames() {
    // They are durable already.
  }

  /** What was not forced is lost, as with a power cut. */
  @Override
  public void close() {
    unforced.clear();
  }

  private AppendedObject file(String name) {
    return files.computeIfAbsent(name, any -> new AppendedObject(folder, name));
  }

  private static <T> T checked(Supplier<T> what) throws IOException {
    try {
      return what.get();
    } catch (UncheckedIOException e) {
      throw new IOException(
          "%s: %s".formatted(e.getMessage(), e.getCause() == null ? "" : e.getCause().getMessage()),
          e);
    } catch (IllegalStateException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
