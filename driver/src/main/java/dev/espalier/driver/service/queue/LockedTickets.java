package dev.espalier.driver.service.queue;

import dev.espalier.driver.service.file.Folders;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.search.job.BadInputException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tickets in a folder of the file system, a file each. Whoever changes one holds a lock. One that
 * is damaged, or may not be read, is passed over, so that it holds up no other.
 */
final class LockedTickets implements Tickets {

  private static final Logger LOG = LoggerFactory.getLogger(LockedTickets.class);

  private static final String TICKET = ".json";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*-[0-9]+\\.json");

  private final Path lock;
  private final Folder files;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private LockedTickets(Path lock, Folder files) {
    this.lock = lock;
    this.files = files;
  }

  /** The tickets in the folder of a service. */
  static LockedTickets in(Path service) {
    return new LockedTickets(service.resolve("queue.lock"), Folder.of(service.resolve("queue")));
  }

  @Override
  public List<Ticket> all() {
    return files.names().stream()
        .filter(NAME.asMatchPredicate())
        .flatMap(name -> ticket(name).stream())
        .toList();
  }

  /** The ticket of a name, unless somebody has put a copy of another one there. */
  private Optional<Ticket> ticket(String name) {
    try {
      return files.readJson(name, Ticket.class).filter(ticket -> name.equals(ticket.id() + TICKET));
    } catch (BadInputException e) {
      return passOver(name, e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof AccessDeniedException) {
        return passOver(name, e);
      }
      throw e;
    }
  }

  private Optional<Ticket> passOver(String name, RuntimeException e) {
    if (told.add(name)) {
      LOG.warn("a ticket is passed over; 'espalier resume' of its job makes a new one", e);
    }
    return Optional.empty();
  }

  @Override
  public <T> T change(Function<Book, T> change) {
    try (ProcessLock mine = take()) {
      Book book = new Book(all());
      T result = change.apply(book);
      book.changed()
          .forEach(
              id ->
                  book.find(id)
                      .ifPresentOrElse(
                          ticket -> files.writeJson(id + TICKET, ticket),
                          () -> files.delete(id + TICKET)));
      return result;
    }
  }

  private ProcessLock take() {
    Folders.make(lock.resolveSibling(".").normalize());
    BooleanSupplier never = () -> false;
    return ProcessLock.await(lock, never, () -> {}).orElseThrow();
  }
}
