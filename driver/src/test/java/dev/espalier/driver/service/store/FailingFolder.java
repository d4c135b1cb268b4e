package dev.espalier.driver.service.store;

import dev.espalier.driver.journal.OpenDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A folder whose process dies at one of its writes, which is done or not, and at all later ones.
 */
public final class FailingFolder implements Folder {

  private final Folder folder;
  private final AtomicInteger left;
  private final AtomicInteger writes;
  private final boolean done;

  /**
   * Of another folder.
   *
   * @param at the write, from 0, at which it dies
   * @param done whether that one is done
   */
  public FailingFolder(Folder folder, int at, boolean done) {
    this(folder, new AtomicInteger(at), new AtomicInteger(), done);
  }

  private FailingFolder(Folder folder, AtomicInteger left, AtomicInteger writes, boolean done) {
    this.folder = folder;
    this.left = left;
    this.writes = writes;
    this.done = done;
  }

  /** How many were asked for. */
  public int writes() {
    return writes.get();
  }

  private <T> T writing(java.util.function.Supplier<T> write) {
    writes.incrementAndGet();
    int rest = left.getAndDecrement();
    T result = rest > 0 || rest == 0 && done ? write.get() : null;
    if (rest <= 0) {
      throw new UncheckedIOException("cannot write", new IOException("the power is out"));
    }
    return java.util.Objects.requireNonNull(result);
  }

  @Override
  public URI uri() {
    return folder.uri();
  }

  @Override
  public Optional<Path> local() {
    return folder.local();
  }

  @Override
  public Duration pace() {
    return folder.pace();
  }

  @Override
  public boolean exists() {
    return folder.exists();
  }

  @Override
  public List<String> names() {
    return folder.names();
  }

  @Override
  public List<String> folders() {
    return folder.folders();
  }

  @Override
  public Folder folder(String name) {
    return new FailingFolder(folder.folder(name), left, writes, done);
  }

  @Override
  public Optional<Folder> claim(String name) {
    return writing(() -> folder.claim(name));
  }

  @Override
  public Optional<byte[]> read(String name) {
    return folder.read(name);
  }

  @Override
  public boolean create(String name, byte[] content) {
    return writing(() -> folder.create(name, content));
  }

  @Override
  public void write(String name, byte[] content) {
    writing(
        () -> {
          folder.write(name, content);
          return name;
        });
  }

  @Override
  public void delete(String name) {
    writing(
        () -> {
          folder.delete(name);
          return name;
        });
  }

  @Override
  public OpenDisk disk() {
    return new ObjectDisk(this);
  }

  @Override
  public OpenDisk readOnlyDisk() {
    return new ObjectDisk(this);
  }
}
