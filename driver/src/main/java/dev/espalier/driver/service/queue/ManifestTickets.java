package dev.espalier.driver.service.queue;

import dev.espalier.driver.service.file.Json;
import dev.espalier.driver.service.store.Folder;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tickets where nothing can be locked: all of them in one object, the manifest, of which every
 * change makes the next one. Its name is its number, and only one can create it, so of two who
 * change the tickets of one manifest the second looks at what the first has made and tries again.
 *
 * @param folder where the manifests are
 */
record ManifestTickets(Folder folder) implements Tickets {

  private static final Logger LOG = LoggerFactory.getLogger(ManifestTickets.class);

  private static final int KEPT = 64;

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final String END = ".json";

  /** The name of a manifest: a number with leading zeros, of which there is always one. */
  private static final Pattern NAME = Pattern.compile("0[0-9]{18}\\.json");

  /**
   * What a manifest holds.
   *
   * @param change which no other change has, so that whoever made the manifest knows it again
   * @param tickets all of them
   */
  record Manifest(UUID change, List<Ticket> tickets) {}

  private record Found(long number, List<Ticket> tickets) {}

  @Override
  public List<Ticket> all() {
    return newest().tickets();
  }

  @Override
  public <T> T change(Function<Book, T> change) {
    while (true) {
      Found found = newest();
      Book book = new Book(found.tickets());
      T result = change.apply(book);
      if (book.changed().isEmpty() || isNext(found.number(), book)) {
        return result;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * Makes the manifest after a number. Old ones are removed, so it could have been made and removed
   * before; but none is that has not {@link #KEPT} later ones.
   */
  private boolean isNext(long number, Book book) {
    Manifest next = new Manifest(UUID.randomUUID(), book.all());
    if (!folder.createOwn(name(number + 1), content(next))) {
      return false;
    }
    List<String> names = names();
    long last = number(names.get(names.size() - 1));
    removeBefore(last - KEPT, names);
    return number + 1 >= last - KEPT;
  }

  /** What cannot be removed now is removed after the next change. */
  private void removeBefore(long first, List<String> names) {
    try {
      names.stream().filter(name -> number(name) < first).forEach(folder::delete);
    } catch (UncheckedIOException e) {
      LOG.info("old manifests cannot be removed", e);
    }
  }

  private Found newest() {
    while (true) {
      List<String> names = names();
      if (names.isEmpty()) {
        return new Found(0, List.of());
      }
      String last = names.get(names.size() - 1);
      Optional<Manifest> manifest = folder.readJson(last, Manifest.class);
      if (manifest.isPresent()) {
        return new Found(number(last), manifest.get().tickets());
      }
    }
  }

  private List<String> names() {
    return folder.names().stream().filter(NAME.asMatchPredicate()).toList();
  }

  private static byte[] content(Manifest manifest) {
    return Json.text(manifest).getBytes(StandardCharsets.UTF_8);
  }

  private static String name(long number) {
    return "%019d".formatted(number) + END;
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(0, name.length() - END.length()));
  }
}
