package dev.espalier.driver.service.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock file that one process at a time holds. The operating system gives it back when its holder
 * dies, however it dies. It holds the holder's process id.
 *
 * <p>Thread-safe: within a process one lock at a time exists for a file.
 */
public final class ProcessLock implements AutoCloseable {

  private static final int TRIES = 5;
  private static final Duration PAUSE = Duration.ofMillis(40);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /**
   * The files that this process has locked. They must not be opened again: closing any channel of a
   * file gives back all locks that the process has on it, without a word.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock; empty if it is held already, and still is after a moment. */
  public static Optional<ProcessLock> take(Path file) {
    // Whoever asks for the holder has the lock for an instant.
    for (int tries = 1; tries < TRIES; tries++) {
      Optional<ProcessLock> lock = tryTake(file);
      if (lock.isPresent()) {
        return lock;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return tryTake(file);
  }

  /**
   * Takes the lock as soon as it is free; empty if asked to stop before.
   *
   * @param waiting told once if the lock is held already
   */
  public static Optional<ProcessLock> await(Path file, BooleanSupplier stop, Runnable waiting) {
    Optional<ProcessLock> lock = take(file);
    if (lock.isEmpty()) {
      waiting.run();
    }
    while (lock.isEmpty() && !stop.getAsBoolean()) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      lock = tryTake(file);
    }
    return lock;
  }

  /** The process that holds the lock, if one does. */
  public static OptionalLong holder(Path file) {
    synchronized (HELD) {
      if (!Files.exists(file)) {
        return OptionalLong.empty();
      }
      try {
        if (HELD.contains(file.toRealPath())) {
          return OptionalLong.of(ProcessHandle.current().pid());
        }
        return otherHolder(file);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
  }

  @Override
  public void close() {
    synchronized (HELD) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot give back " + file, e);
      } finally {
        HELD.remove(file);
      }
    }
  }

  private static Optional<ProcessLock> tryTake(Path file) {
    synchronized (HELD) {
      try {
        Path place = place(file);
        if (HELD.contains(place)) {
          return Optional.empty();
        }
        FileChannel channel =
            FileChannel.open(place, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
          channel.close();
          return Optional.empty();
        }
        HELD.add(place);
        ProcessLock lock = new ProcessLock(place, channel);
        lock.sign();
        return Optional.of(lock);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot lock " + file, e);
      }
    }
  }

  private static OptionalLong otherHolder(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (tryLock(channel) != null) {
        return OptionalLong.empty();
      }
      String pid = Files.readString(file).strip();
      return pid.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(pid));
    }
  }

  private void sign() throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** The one name of a file, whether it exists or not. */
  private static Path place(Path file) throws IOException {
    if (Files.exists(file)) {
      return file.toRealPath();
    }
    return file.resolveSibling(".").toRealPath().resolve(file.getFileName());
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
