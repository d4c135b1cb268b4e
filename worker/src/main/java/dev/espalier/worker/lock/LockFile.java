package dev.espalier.worker.lock;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that is locked by one process, and by one user within it, until it is closed or the
 * process ends, however it ends. Its holder may write a line into it. Thread-safe.
 */
public final class LockFile implements Closeable {

  /**
   * The files that this process has locked. They must not be opened again: closing any channel of a
   * file gives back all locks that the process has on it, without a word.
   */
  private static final Map<Path, LockFile> HELD = new HashMap<>();

  private final Path file;
  private final FileChannel channel;
  private String line = "";

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Locks a file, which is made if it is missing; empty if it is locked already. */
  public static Optional<LockFile> take(Path file) throws IOException {
    synchronized (HELD) {
      Path place = place(file);
      if (HELD.containsKey(place)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(place, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel, false) == null) {
        channel.close();
        return Optional.empty();
      }
      LockFile lock = new LockFile(place, channel);
      HELD.put(place, lock);
      return Optional.of(lock);
    }
  }

  /** The line that the holder has written, or nothing; empty if nobody holds the lock. */
  public static Optional<String> holder(Path file) throws IOException {
    synchronized (HELD) {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      LockFile own = HELD.get(place(file));
      return own == null ? otherHolder(file) : Optional.of(own.line);
    }
  }

  /** Whether a process holds the lock. */
  public static boolean isHeld(Path file) throws IOException {
    return holder(file).isPresent();
  }

  private static Optional<String> otherHolder(Path file) throws IOException {
    // Shared, so that whoever may only read can ask too.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return tryLock(channel, true) == null
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    }
  }

  /** Writes a line, durable when this returns. */
  public void write(String text) throws IOException {
    synchronized (HELD) {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
      line = text;
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      HELD.remove(file);
      channel.close();
    }
  }

  /** The one name of a file, whether it exists or not. */
  private static Path place(Path file) throws IOException {
    if (Files.exists(file)) {
      return file.toRealPath();
    }
    return file.resolveSibling(".").toRealPath().resolve(file.getFileName());
  }

  private static @Nullable FileLock tryLock(FileChannel channel, boolean shared)
      throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
