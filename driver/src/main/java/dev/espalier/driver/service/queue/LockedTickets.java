package dev.espalier.driver.service.queue;

import dev.espalier.driver.service.file.Folders;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.driver.service.store.Folder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Tickets in a folder of the file system, a file each. Whoever changes one holds a lock.
 *
 * @param lock the file that is locked
 * @param files where the tickets are
 */
record LockedTickets(Path lock, Folder files) implements Tickets {

  private static final String TICKET = ".json";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*-[0-9]+\\.json");

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
    return files.readJson(name, Ticket.class).filter(ticket -> name.equals(ticket.id() + TICKET));
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
