package dev.espalier.driver.service.queue;

import dev.espalier.driver.service.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The tickets of a queue, for several processes at once: anybody may look at any time, changes
 * happen one after the other. Thread-safe.
 */
interface Tickets {

  /** All tickets, in no order. */
  List<Ticket> all();

  /**
   * Changes tickets, all of them or none. If somebody else was faster the change is asked again,
   * with the tickets of then: so whatever it does besides must do no harm when it is done twice.
   */
  <T> T change(Function<Book, T> change);

  /** The tickets of a queue while somebody changes them. Used by one thread. */
  final class Book {

    private final Map<JobId, Ticket> tickets = new HashMap<>();
    private final Set<JobId> changed = new HashSet<>();

    Book(List<Ticket> found) {
      found.forEach(ticket -> tickets.put(ticket.id(), ticket));
    }

    /** All tickets as they are now, in no order. */
    List<Ticket> all() {
      return new ArrayList<>(tickets.values());
    }

    Optional<Ticket> find(JobId id) {
      return Optional.ofNullable(tickets.get(id));
    }

    /** Adds a ticket, or replaces that of the same job. */
    void put(Ticket ticket) {
      tickets.put(ticket.id(), ticket);
      changed.add(ticket.id());
    }

    void remove(JobId id) {
      if (tickets.remove(id) != null) {
        changed.add(id);
      }
    }

    /** The jobs whose ticket is another one now, or gone. */
    Set<JobId> changed() {
      return Set.copyOf(changed);
    }
  }
}
