package dev.espalier.driver.service.queue;

import java.time.Instant;
import java.util.Objects;

/**
 * What a service tells about itself to all who look at the home.
 *
 * @param epoch grows with every service of the home; what an earlier one says counts no more
 * @param host name of its machine
 * @param process its id there
 * @param begun when it took the home over
 * @param heartbeat when it last said that it lives
 * @param open whether it still serves; false once it has ended in order
 * @param master Spark's name of its cluster
 * @param policy its limits
 */
public record Lease(
    long epoch,
    String host,
    long process,
    Instant begun,
    Instant heartbeat,
    boolean open,
    String master,
    QueuePolicy policy) {

  /** Refuses what a damaged file lacks. */
  public Lease {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(heartbeat, "heartbeat");
    Objects.requireNonNull(policy, "policy");
  }

  /** Who it is, for people. */
  public String text() {
    return "service %d (process %d on %s)".formatted(epoch, process, host);
  }

  /** The same lease a moment later. */
  Lease beating(Instant now) {
    return new Lease(epoch, host, process, begun, now, open, master, policy);
  }

  /** The same lease once its service has ended. */
  Lease closed(Instant now) {
    return new Lease(epoch, host, process, begun, now, false, master, policy);
  }
}
