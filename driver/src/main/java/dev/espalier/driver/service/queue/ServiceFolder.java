package dev.espalier.driver.service.queue;

import dev.espalier.driver.service.file.Folders;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.Store;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files by which services and commands of a store meet. All that is asked of the place where
 * they lie: create a file unless it exists, replace one whole, list, read, remove.
 *
 * @param folder where they are
 */
public record ServiceFolder(Folder folder) {

  /** A service whose lock cannot be seen and that says nothing for so long is taken for dead. */
  public static final Duration SILENCE = Duration.ofSeconds(30);

  private static final String EPOCH = "epoch-";
  private static final Pattern CLAIMED = Pattern.compile(EPOCH + "([0-9]{1,18})");
  private static final String LEASE = "lease.json";

  /** The folder of a store, whether it exists yet or not. */
  public static ServiceFolder of(Store store) {
    return new ServiceFolder(store.service());
  }

  /** What the latest service has told, whether it lives or not. */
  public Optional<Lease> lease() {
    return folder.readJson(LEASE, Lease.class);
  }

  /**
   * The lease of the service that lives. Where there is a lock of this machine it tells, elsewhere
   * the heartbeat.
   */
  public Optional<Lease> living(Instant now) {
    return lease().filter(Lease::open).filter(lease -> lives(lease, now));
  }

  /**
   * Whether a service may run the job of a ticket: the last one that took over, unless it has ended
   * in order or its lock tells that it died. No clock is asked, as that of another machine may go
   * wrong, and a heartbeat that is late must not count as an end.
   */
  boolean mayRun(Ticket ticket) {
    Long service = ticket.service();
    return service != null
        && service >= latestEpoch()
        && lease().filter(lease -> mayBe(lease, service)).isPresent();
  }

  /** An older lease is what a service that was replaced has written last, and tells nothing. */
  private boolean mayBe(Lease lease, long service) {
    return lease.epoch() < service
        || lease.epoch() == service
            && lease.open()
            && (!isLocked(lease) || ProcessLock.holder(lock().orElseThrow()).isPresent());
  }

  private boolean lives(Lease lease, Instant now) {
    return isLocked(lease)
        ? ProcessLock.holder(lock().orElseThrow()).isPresent()
        : Duration.between(lease.heartbeat(), now).compareTo(SILENCE) < 0;
  }

  /** Whether a service holds the lock as long as it lives, so that nothing else need be asked. */
  boolean isLocked(Lease lease) {
    return lock().isPresent() && lease.host().equals(host());
  }

  /** Makes the folder where a lock needs it. */
  void make() {
    folder.local().ifPresent(Folders::make);
  }

  /** Held by the service, where processes can lock files. */
  Optional<Path> lock() {
    return folder.local().map(path -> path.resolve("lock"));
  }

  void write(Lease lease) {
    folder.writeJson(LEASE, lease);
  }

  /**
   * Makes an epoch one's own; false if somebody else was faster, also one who has been replaced
   * since: an epoch that was claimed, and removed for a later one, must not come back.
   */
  boolean claim(long epoch) {
    byte[] owner = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    if (!folder.createOwn(EPOCH + epoch, owner)) {
      return false;
    }
    if (latestEpoch() > epoch) {
      folder.delete(EPOCH + epoch);
      return false;
    }
    for (long earlier : epochs()) {
      if (earlier < epoch) {
        folder.delete(EPOCH + earlier);
      }
    }
    return true;
  }

  /** The latest epoch that anybody has claimed; 0 before the first. */
  long latestEpoch() {
    return epochs().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** The tickets of the queue. */
  Tickets tickets() {
    Folder queue = folder.folder("queue");
    return folder
        .local()
        .<Tickets>map(LockedTickets::in)
        .orElseGet(() -> new ManifestTickets(queue));
  }

  /** Name of this machine. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private List<Long> epochs() {
    return folder.names().stream()
        .map(CLAIMED::matcher)
        .filter(Matcher::matches)
        .map(epoch -> Long.parseLong(epoch.group(1)))
        .toList();
  }
}
