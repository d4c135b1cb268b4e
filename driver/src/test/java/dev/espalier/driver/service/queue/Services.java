package dev.espalier.driver.service.queue;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A store with a queue, for tests; each look at its clock is a second later.
 *
 * @param store the store
 * @param clock that ticks
 */
public record Services(Store store, InstantSource clock) {

  /** A home with a clock that begins at the epoch. */
  public static Services in(Home home) {
    return in(Store.of(home));
  }

  /** A store with a clock that begins at the epoch. */
  public static Services in(Store store) {
    AtomicLong seconds = new AtomicLong();
    return new Services(store, () -> Instant.ofEpochSecond(seconds.incrementAndGet()));
  }

  /** Its jobs. */
  public JobStore jobs() {
    return new JobStore(store, "1.2.3", clock);
  }

  /** Its queue. */
  public JobQueue queue() {
    return new JobQueue(store, clock);
  }

  /** Becomes its service at once. */
  public ServiceLease serve(int jobs, int places) {
    return ServiceLease.await(
            ServiceFolder.of(store),
            new QueuePolicy(jobs, places),
            "local[2,4]",
            clock,
            () -> true,
            note -> {})
        .orElseThrow();
  }

  /** A job file of a name. */
  public static JobFile file(String name, int priority) {
    return JobFile.parse(
        """
        network: {name: resnet20}
        data: {name: absent}
        output: {name: %s, priority: %d}
        """
            .formatted(name, priority),
        "job.yaml");
  }
}
