package dev.espalier.driver.service.store;

import dev.espalier.search.journal.FencedException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** Tells faults of a disk or network that may be over later from those that will not be. */
public final class StoreFaults {

  /** What systems say of a disk that somebody has to make room on. */
  private static final List<String> FULL = List.of("No space left", "quota");

  private StoreFaults() {}

  /**
   * Whether files could not be used, and perhaps can be if it is tried again: not if the disk is
   * full, or another owner has taken the job over.
   */
  public static boolean mayPass(Throwable fault) {
    List<Throwable> causes = Stream.iterate(fault, e -> e != null, Throwable::getCause).toList();
    return causes.stream().anyMatch(UncheckedIOException.class::isInstance)
        && causes.stream().noneMatch(e -> e instanceof FencedException || isFull(e));
  }

  private static boolean isFull(Throwable fault) {
    String message = "" + fault.getMessage();
    return FULL.stream().anyMatch(message::contains);
  }
}
