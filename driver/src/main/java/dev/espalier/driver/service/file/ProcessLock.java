package dev.espalier.driver.service.file;

import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.lock.LockFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A lock file that one process at a time holds. The operating system gives it back when its holder
 * dies, however it dies. It holds the holder's process id.
 *
 * <p>Thread-safe: within a process one lock at a time exists for a file.
 */
public final class ProcessLock implements AutoCloseable {

  private static final int TRIES = 5;

  /** Of a text that is no number. */
  private static final int SHOWN = 40;

  private static final Duration PAUSE = Duration.ofMillis(40);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Path file;
  private final LockFile lock;

  private ProcessLock(Path file, LockFile lock) {
    this.file = file;
    this.lock = lock;
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

  /**
   * The process that holds the lock, if one does.
   *
   * @throws BadInputException if the file was written by somebody else
   */
  public static OptionalLong holder(Path file) {
    try {
      return LockFile.holder(file)
          .filter(pid -> !pid.isEmpty())
          .map(pid -> OptionalLong.of(number(file, pid)))
          .orElse(OptionalLong.empty());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static long number(Path file, String pid) {
    try {
      return Long.parseLong(pid);
    } catch (NumberFormatException e) {
      throw new BadInputException(
          "%s: found '%s', expected the number of the process that holds it. Maybe something else has written to it?"
              .formatted(file, pid.length() > SHOWN ? pid.substring(0, SHOWN) + "..." : pid),
          e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give back " + file, e);
    }
  }

  private static Optional<ProcessLock> tryTake(Path file) {
    try {
      Optional<LockFile> lock = LockFile.take(file);
      if (lock.isPresent()) {
        sign(lock.get());
      }
      return lock.map(held -> new ProcessLock(file, held));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file, e);
    }
  }

  private static void sign(LockFile lock) throws IOException {
    try {
      lock.write(Long.toString(ProcessHandle.current().pid()));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }
}
