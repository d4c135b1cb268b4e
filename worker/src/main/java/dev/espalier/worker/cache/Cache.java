package dev.espalier.worker.cache;

import com.hazelcast.core.HazelcastException;
import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.lock.LockFile;
import dev.espalier.worker.request.CacheAddress;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache as a job meets it: opens the shared cache of a folder in the best way there is and says
 * which one that was. Trouble with members or files is no failure: without any cache a job only
 * works more.
 *
 * <ol>
 *   <li>Where members of the folder listen, processes of their own or of other jobs, it is a client
 *       of them.
 *   <li>Else it starts a member here, which keeps its entries in the folder's file.
 *   <li>If members do not answer, it has one of its own, without a file.
 * </ol>
 */
public final class Cache implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Cache.class);
  private static final long PAUSE_MILLIS = 100;
  private static final Duration STARTING = Duration.ofSeconds(30);
  private static final Duration DIVIDING = Duration.ofSeconds(20);

  private final Optional<CacheAddress> address;
  private final Optional<CacheMember> member;
  private final String description;
  private final Deque<Closeable> open;

  private Cache(Optional<CacheAddress> address, String description, Deque<Closeable> open) {
    this(address, Optional.empty(), description, open);
  }

  private Cache(CacheMember member, String description, Deque<Closeable> open) {
    this(Optional.of(member.address()), Optional.of(member), description, open);
  }

  private Cache(
      Optional<CacheAddress> address,
      Optional<CacheMember> member,
      String description,
      Deque<Closeable> open) {
    this.address = address;
    this.member = member;
    this.description = description;
    this.open = open;
  }

  /** No cache at all. */
  public static Cache off() {
    return new Cache(Optional.empty(), "off", new ArrayDeque<>());
  }

  /**
   * Opens the cache of a folder, in at most some seconds.
   *
   * @throws BadInputException if others may know the folder's secret
   */
  public static Cache open(Path folder, CacheSettings settings) {
    return open(folder, settings, Duration.ofSeconds(5));
  }

  /**
   * Opens the cache of a folder.
   *
   * @param patience how long to wait for the answer of another process that owns the folder
   */
  static Cache open(Path folder, CacheSettings settings, Duration patience) {
    CacheFolder home = new CacheFolder(folder);
    String why;
    try {
      long start = System.nanoTime();
      do {
        Optional<CacheAddress> others = home.address();
        if (others.isEmpty()) {
          Optional<CacheFolder.Place> own = home.first();
          if (own.isPresent()) {
            return member(home, own.get(), settings);
          }
        } else if (answers(others.get())) {
          return new Cache(
              others, "shared with another process at " + others.get(), new ArrayDeque<>());
        }
        Thread.sleep(PAUSE_MILLIS);
      } while (System.nanoTime() - start < patience.toNanos());
      why = "the process that owns " + folder + " does not answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      why = "the wait for another process was interrupted";
    } catch (IOException | HazelcastException | IllegalStateException e) {
      why = e.toString();
    }
    LOG.warn("Scores are kept in memory only: {}", why);
    return inMemory(settings, why);
  }

  /**
   * The members at given addresses, which have the secret of the folder. Whether they answer is
   * left to the workers: without them they only work more.
   *
   * @param members as HOST:PORT
   * @throws BadInputException if they are no addresses, or the folder cannot be used
   */
  public static Cache at(Path folder, List<String> members) {
    CacheFolder home = new CacheFolder(folder);
    try {
      Files.createDirectories(folder);
      CacheAddress address = new CacheAddress(members, home.cluster(), home.secret());
      String silent = answers(address) ? "" : ", none of which answers yet";
      return new Cache(Optional.of(address), "members at " + address + silent, new ArrayDeque<>());
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "the cache at %s cannot be used: %s"
              .formatted(String.join(", ", members), e.getMessage()),
          e);
    }
  }

  /**
   * Starts a member that serves the jobs of a folder until it is closed, beside those that run
   * already: it joins them, and each entry is on two members.
   *
   * @throws BadInputException if it cannot listen, or if other members are expected but none of
   *     them answers
   */
  public static Cache serve(Path folder, CacheSettings settings) {
    CacheFolder home = new CacheFolder(folder);
    try {
      CacheFolder.Place place =
          home.free()
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "%d members run already".formatted(CacheFolder.MOST_MEMBERS)));
      return member(home, place, settings);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadInputException("interrupted while a member of the cache started", e);
    } catch (IOException | HazelcastException | IllegalStateException e) {
      throw new BadInputException(
          "no member of the cache of %s can start at %s:%d: %s"
              .formatted(folder, settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  /** Where workers find the cache; empty if there is none. */
  public Optional<CacheAddress> address() {
    return address;
  }

  /** Asks the member that was started here for its figures; empty if it is another process's. */
  public Optional<Supplier<CacheStatistics>> statistics() {
    return member.map(own -> own::statistics);
  }

  /** One line for people: which way it was opened and how much it began with. */
  public String description() {
    return description;
  }

  /** Stops what was started here and keeps the entries in the file. */
  @Override
  public void close() {
    for (Closeable part : open) {
      try {
        part.close();
      } catch (IOException e) {
        LOG.warn("Cannot close the score cache: {}", e.toString());
      }
    }
    open.clear();
  }

  private static Cache member(CacheFolder home, CacheFolder.Place place, CacheSettings settings)
      throws IOException, InterruptedException {
    Deque<Closeable> open = new ArrayDeque<>();
    open.push(place);
    try (LockFile alone = home.starting(STARTING)) {
      ScoreLog log = ScoreLog.open(place.scores(), settings.fileBytes());
      open.push(log);
      CacheSettings joined = settings.joining(home.listening());
      CacheMember member = CacheMember.start(joined, home.cluster(), home.secret(), log);
      open.push(member::close);
      if (member.members() == 1 && !joined.members().isEmpty()) {
        throw new IllegalStateException(
            "no member with the same secret answers at " + String.join(", ", joined.members()));
      }
      // Until the members have divided their entries anew, losing one of them could lose some.
      if (!member.awaitSafe(DIVIDING)) {
        LOG.warn("Members of the cache are still dividing their entries after {}", DIVIDING);
      }
      place.publish(member.listening());
      String description =
          "own member at %s%s, %d scores kept in %s"
              .formatted(
                  member.listening(),
                  joined.members().isEmpty()
                      ? ""
                      : " beside " + String.join(", ", joined.members()),
                  log.size(),
                  place.scores());
      return new Cache(member, description, open);
    } catch (IOException | InterruptedException | RuntimeException e) {
      new Cache(Optional.empty(), "", open).close();
      throw e;
    }
  }

  private static Cache inMemory(CacheSettings settings, String why) {
    Deque<Closeable> open = new ArrayDeque<>();
    try {
      CacheMember member = CacheMember.start(settings, newCluster(), "");
      open.push(member::close);
      return new Cache(
          member, "own member at %s, in memory only: %s".formatted(member.address(), why), open);
    } catch (HazelcastException | IllegalStateException e) {
      LOG.warn("No score cache: {}", e.toString());
      return new Cache(Optional.empty(), "none: " + e.getMessage(), open);
    }
  }

  private static boolean answers(CacheAddress address) {
    Optional<HazelcastScoreStore> store = HazelcastScoreStore.connect(address);
    store.ifPresent(HazelcastScoreStore::close);
    return store.isPresent();
  }

  /** A name that no other member has, so that nobody meets a member that took over its port. */
  private static String newCluster() {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return "espalier-" + HexFormat.of().formatHex(random);
  }
}
