package dev.espalier.worker.cache;

import dev.espalier.worker.request.CacheAddress;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder that the processes of one home share a cache in: {@code lock} is held by the one
 * process whose member keeps {@code scores.log}, {@code member} says where that member is, {@code
 * secret} is the key of the values' HMAC. Files are replaced atomically, and only their owner may
 * read them.
 */
final class CacheFolder implements Closeable {

  private static final String MEMBER = "member";
  private static final String SECRET = "secret";
  private static final int SECRET_BYTES = 32;

  private final Path folder;
  private final FileChannel lock;

  private CacheFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Makes this process the owner of a folder; empty if another one is. */
  static Optional<CacheFolder> own(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      return Optional.empty();
    }
    Files.deleteIfExists(folder.resolve(MEMBER));
    return Optional.of(new CacheFolder(folder, channel));
  }

  /** Where the owner's member is, if it has said so. */
  static Optional<CacheAddress> published(Path folder) throws IOException {
    try {
      List<String> lines = Files.readAllLines(folder.resolve(MEMBER));
      String secret = Files.readString(folder.resolve(SECRET));
      return Optional.of(
          new CacheAddress(lines.get(0), Integer.parseInt(lines.get(1)), lines.get(2), secret));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException(folder.resolve(MEMBER) + " is not the address of a member", e);
    }
  }

  /** The file that keeps the entries. */
  Path scores() {
    return folder.resolve("scores.log");
  }

  /** The key of the values' HMAC, in hexadecimal digits; made the first time. */
  String secret() throws IOException {
    Path file = folder.resolve(SECRET);
    if (!Files.exists(file)) {
      byte[] secret = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(secret);
      replace(file, HexFormat.of().formatHex(secret));
    }
    return Files.readString(file);
  }

  /** Tells other processes where the member of this one is. */
  void publish(CacheAddress address) throws IOException {
    replace(
        folder.resolve(MEMBER),
        "%s%n%d%n%s%n".formatted(address.host(), address.port(), address.cluster()));
  }

  /** Gives the folder up. */
  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(folder.resolve(MEMBER));
    } finally {
      lock.close();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** A temporary file is readable by its owner alone, and keeps that when it is moved. */
  private void replace(Path file, String text) throws IOException {
    Path written = Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
    Files.writeString(written, text);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
