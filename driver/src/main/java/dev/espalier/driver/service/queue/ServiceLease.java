package dev.espalier.driver.service.queue;

import dev.espalier.driver.service.file.ProcessLock;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to serve a home, which one process at a time has. On one machine the lock keeps others
 * out and gives the right back when its owner dies; where locks do not reach from one machine to
 * another, the heartbeat does so more slowly. Each owner has an epoch higher than all before, and
 * one that finds a higher epoch than its own has lost the right.
 *
 * <p>Used by one thread, but for {@link #owns} and {@link #lease}.
 */
public final class ServiceLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceLease.class);

  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private static final String STANDS_BY = "Stands by: another service runs these jobs";

  private final ServiceFolder folder;
  private final @Nullable ProcessLock lock;
  private final InstantSource clock;
  private volatile Lease lease;
  private long beaten = System.nanoTime();

  private ServiceLease(
      ServiceFolder folder, @Nullable ProcessLock lock, Lease lease, InstantSource clock) {
    this.folder = folder;
    this.lock = lock;
    this.lease = lease;
    this.clock = clock;
  }

  /**
   * Takes the home over as soon as no other service lives there; empty if asked to stop before.
   *
   * @param policy limits of the new service
   * @param master Spark's name of its cluster
   * @param note tells people that another service lives, or that the store cannot be used
   */
  public static Optional<ServiceLease> await(
      ServiceFolder folder,
      QueuePolicy policy,
      String master,
      InstantSource clock,
      BooleanSupplier stop,
      Consumer<String> note) {
    folder.make();
    Optional<Path> file = folder.lock();
    if (file.isEmpty()) {
      return takeOver(folder, null, policy, master, clock, stop, note);
    }
    Optional<ProcessLock> lock = ProcessLock.await(file.get(), stop, () -> note.accept(STANDS_BY));
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    Optional<ServiceLease> taken = takeOver(folder, lock.get(), policy, master, clock, stop, note);
    if (taken.isEmpty()) {
      lock.get().close();
    }
    return taken;
  }

  /** Waits for silence and claims the next epoch, which only one of several that wait gets. */
  private static Optional<ServiceLease> takeOver(
      ServiceFolder folder,
      @Nullable ProcessLock lock,
      QueuePolicy policy,
      String master,
      InstantSource clock,
      BooleanSupplier stop,
      Consumer<String> note) {
    long before = latest(folder);
    boolean told = false;
    while (true) {
      try {
        if (!awaitSilence(folder, stop, note)) {
          return Optional.empty();
        }
        if (latest(folder) == before && folder.claim(before + 1)) {
          Instant now = clock.instant();
          long process = ProcessHandle.current().pid();
          Lease mine =
              new Lease(before + 1, ServiceFolder.host(), process, now, now, true, master, policy);
          folder.write(mine);
          return Optional.of(new ServiceLease(folder, lock, mine, clock));
        }
        before = latest(folder);
      } catch (UncheckedIOException e) {
        // What ends the service that is waited for must not end the one that waits.
        if (!told) {
          note.accept("%s; tries again".formatted(e.getMessage()));
        }
        told = true;
        if (stop.getAsBoolean()) {
          return Optional.empty();
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  private static long latest(ServiceFolder folder) {
    return Math.max(folder.latestEpoch(), folder.lease().map(Lease::epoch).orElse(0L));
  }

  /** How long to wait at least between two looks at the queue. */
  public Duration pace() {
    return folder.folder().pace();
  }

  /** What it tells of itself. */
  public Lease lease() {
    return lease;
  }

  /**
   * Says that the service lives; must be called more often than every {@link
   * ServiceFolder#SILENCE}.
   *
   * @throws LeaseLostException if another service has taken over
   */
  public void renew() {
    if (System.nanoTime() - beaten < BEAT.toNanos()) {
      return;
    }
    requireOwner();
    lease = lease.beating(clock.instant());
    folder.write(lease);
    beaten = System.nanoTime();
  }

  /**
   * Has something made that takes long, by a thread of its own, and says meanwhile that the service
   * lives. If the service is replaced, the next {@link #renew} tells so.
   */
  public <T> T meanwhile(Supplier<T> work) {
    CompletableFuture<T> made =
        CompletableFuture.supplyAsync(work, task -> new Thread(task, "start").start());
    while (!made.isDone()) {
      try {
        renew();
      } catch (LeaseLostException | UncheckedIOException e) {
        LOG.info("cannot renew the lease", e);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    try {
      return made.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw e;
    }
  }

  /** Gives the home to the next service. */
  @Override
  public void close() {
    try (lock) {
      if (owns()) {
        folder.write(lease.closed(clock.instant()));
      }
    }
  }

  /** Refuses to go on once another service has taken over. */
  void requireOwner() {
    if (!owns()) {
      throw new LeaseLostException(
          "another service has taken over %s; this one, of epoch %d, ends"
              .formatted(folder.folder(), lease.epoch()));
    }
  }

  /** Whether no other service has taken over; looks into the store. Any thread may ask. */
  public boolean owns() {
    return folder.latestEpoch() == lease.epoch();
  }

  /**
   * Waits while a service whose lock cannot be seen gives signs of life: clocks may differ, so what
   * counts is whether they change.
   */
  private static boolean awaitSilence(
      ServiceFolder folder, BooleanSupplier stop, Consumer<String> note) {
    Optional<Sign> last = Sign.of(folder);
    long since = System.nanoTime();
    if (last.isPresent()) {
      note.accept(STANDS_BY);
    }
    while (last.isPresent() && System.nanoTime() - since < ServiceFolder.SILENCE.toNanos()) {
      if (stop.getAsBoolean()) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      Optional<Sign> now = Sign.of(folder);
      if (!now.equals(last)) {
        last = now;
        since = System.nanoTime();
      }
    }
    return true;
  }

  /**
   * What tells of a service that may live without our seeing its lock.
   *
   * @param epoch the latest that was claimed
   * @param lease the latest that was told, if any
   */
  private record Sign(long epoch, Optional<Lease> lease) {

    static Optional<Sign> of(ServiceFolder folder) {
      Sign sign = new Sign(folder.latestEpoch(), folder.lease());
      return Optional.of(sign).filter(found -> found.begins() || found.serves(folder));
    }

    /** Whether one has claimed its epoch, and is about to tell so. */
    private boolean begins() {
      return epoch > lease.map(Lease::epoch).orElse(0L);
    }

    private boolean serves(ServiceFolder folder) {
      return lease.filter(told -> told.open() && !folder.isLocked(told)).isPresent();
    }
  }
}
