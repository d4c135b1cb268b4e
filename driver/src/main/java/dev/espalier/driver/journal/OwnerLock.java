package dev.espalier.driver.journal;

import dev.espalier.search.job.BadInputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Makes a process the only owner of a job's folder, by an operating system's lock on its file
 * {@code owner.lock}; the lock ends with the process, however that ends.
 */
public final class OwnerLock implements Closeable {

  private static final String FILE = "owner.lock";

  private final FileChannel channel;

  private OwnerLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, or says at once that another has it.
   *
   * @param folder the job's folder, which is made if it is not there
   * @throws BadInputException if the job is running
   */
  public static OwnerLock take(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new BadInputException(
          "the job in %s is running already. Maybe wait for it, or cancel it first"
              .formatted(folder));
    }
    return new OwnerLock(channel);
  }

  /** Whether some process, this one included, owns the folder now. */
  public static boolean isTaken(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(FILE))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.WRITE)) {
      return tryLock(channel) == null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
