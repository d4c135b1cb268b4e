package dev.espalier.worker.cache;

import dev.espalier.search.digest.Sha256;
import dev.espalier.worker.lock.LockFile;
import dev.espalier.worker.request.CacheAddress;
import dev.espalier.worker.secret.SecretFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder that the processes of one home share a cache in. {@code secret} is the key of the
 * values' HMAC, from which the cluster has its name; each member has a {@link Place}. Files are
 * replaced atomically, and only their owner may read them.
 *
 * @param root the folder
 */
record CacheFolder(Path root) {

  /** Most members that one home may have at once. */
  static final int MOST_MEMBERS = 16;

  private static final String SECRET = "secret";
  private static final int NAME_DIGITS = 16;
  private static final long PAUSE_MILLIS = 50;

  /**
   * What one member owns: {@code lock} is held by its process, {@code member} says where it
   * listens, {@code scores.log} keeps its entries.
   */
  static final class Place implements Closeable {

    private static final String LOCK = "lock";
    private static final String MEMBER = "member";

    private final Path folder;
    private final LockFile lock;

    private Place(Path folder, LockFile lock) {
      this.folder = folder;
      this.lock = lock;
    }

    /** Makes this process the owner of a place; empty if another one is. */
    private static Optional<Place> take(Path folder) throws IOException {
      Files.createDirectories(folder);
      Optional<LockFile> lock = LockFile.take(folder.resolve(LOCK));
      if (lock.isPresent()) {
        Files.deleteIfExists(folder.resolve(MEMBER));
      }
      return lock.map(held -> new Place(folder, held));
    }

    /** Where the member of a place listens, if its process lives and has said so. */
    private static Optional<String> listening(Path folder) throws IOException {
      Path member = folder.resolve(MEMBER);
      return Files.exists(member) && LockFile.isHeld(folder.resolve(LOCK))
          ? Optional.of(Files.readString(member).strip())
          : Optional.empty();
    }

    /** The file that keeps the entries. */
    Path scores() {
      return folder.resolve("scores.log");
    }

    /** Tells other processes where the member of this one listens. */
    void publish(String member) throws IOException {
      replace(folder.resolve(MEMBER), member);
    }

    /** Gives the place up. */
    @Override
    public void close() throws IOException {
      try {
        Files.deleteIfExists(folder.resolve(MEMBER));
      } finally {
        lock.close();
      }
    }
  }

  /** The first place, where a job keeps its scores when nobody else does; empty if it is taken. */
  Optional<Place> first() throws IOException {
    return Place.take(place(1));
  }

  /** The first place that is free; empty if none is. */
  Optional<Place> free() throws IOException {
    for (int number = 1; number <= MOST_MEMBERS; number++) {
      Optional<Place> taken = Place.take(place(number));
      if (taken.isPresent()) {
        return taken;
      }
    }
    return Optional.empty();
  }

  /** Where members listen, as HOST:PORT. */
  List<String> listening() throws IOException {
    List<String> members = new ArrayList<>();
    for (int number = 1; number <= MOST_MEMBERS; number++) {
      Place.listening(place(number)).ifPresent(members::add);
    }
    return members;
  }

  /** How clients reach the members; empty if none listens. */
  Optional<CacheAddress> address() throws IOException {
    List<String> members = listening();
    if (members.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new CacheAddress(members, cluster(), secret()));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(root, e.getMessage()), e);
    }
  }

  /**
   * The key of the values' HMAC, in hexadecimal digits; made the first time.
   *
   * @throws dev.espalier.search.job.BadInputException if others may know it
   */
  String secret() throws IOException {
    SecretFile file = new SecretFile(root.resolve(SECRET));
    if (!file.exists()) {
      file.create();
    }
    return file.read();
  }

  /** The name that all members of this secret share, and that nobody else can guess. */
  String cluster() throws IOException {
    String digest = Sha256.of(("cluster " + secret()).getBytes(StandardCharsets.UTF_8));
    return "espalier-" + digest.substring(0, NAME_DIGITS);
  }

  /**
   * Lets one member start at a time, as two that start at once would not find each other.
   *
   * @param patience how long to wait for others
   */
  LockFile starting(Duration patience) throws IOException, InterruptedException {
    Files.createDirectories(root);
    long start = System.nanoTime();
    Optional<LockFile> lock = LockFile.take(root.resolve("starting"));
    while (lock.isEmpty()) {
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new IOException("another member of " + root + " has been starting for " + patience);
      }
      Thread.sleep(PAUSE_MILLIS);
      lock = LockFile.take(root.resolve("starting"));
    }
    return lock.get();
  }

  private Path place(int number) {
    return number == 1 ? root : root.resolve(Integer.toString(number));
  }

  /** A temporary file is readable by its owner alone, and keeps that when it is moved. */
  private static void replace(Path file, String text) throws IOException {
    Path written = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp");
    Files.writeString(written, text);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
