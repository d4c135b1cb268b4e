package dev.espalier.driver.service;

import dev.espalier.search.job.BadInputException;
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
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One process at a time runs a job. The operating system gives the lock back when its holder dies,
 * however it dies. The file holds the holder's process id.
 */
public final class JobLock implements AutoCloseable {

  private final FileChannel channel;

  private JobLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws BadInputException if another process holds it
   */
  public static JobLock take(JobFolder job) {
    try {
      FileChannel channel =
          FileChannel.open(job.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new BadInputException(
            "job %s is running already. Maybe follow it with 'espalier status %s'?"
                .formatted(job.id(), job.id()));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
      return new JobLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock job " + job.id(), e);
    }
  }

  /** The process that runs a job, if one does. */
  public static OptionalLong holder(JobFolder job) {
    Path file = job.lock();
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (tryLock(channel) != null) {
        return OptionalLong.empty();
      }
      String pid = Files.readString(file).strip();
      return pid.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(pid));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the lock of job " + job.id(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
