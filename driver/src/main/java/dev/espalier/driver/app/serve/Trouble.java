package dev.espalier.driver.app.serve;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong with the store of a service, and may be over when it tries again. Of faults that
 * follow each other the first one is told.
 *
 * <p>Used by one thread.
 */
final class Trouble {

  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

  private final Duration longest;
  private final Consumer<String> note;
  private boolean lasts;
  private long since;

  /**
   * None as yet.
   *
   * @param longest how long it may last
   * @param note tells people
   */
  Trouble(Duration longest, Consumer<String> note) {
    this.longest = longest;
    this.note = note;
  }

  /** Takes note of a fault; false if there has been nothing but faults for too long. */
  boolean mayPass(RuntimeException fault) {
    if (!lasts) {
      lasts = true;
      since = System.nanoTime();
      LOG.info("a fault of the store", fault);
      note.accept("%s; tries again".formatted(words(fault)));
    }
    return System.nanoTime() - since < longest.toNanos();
  }

  /** Takes note that all went well. */
  void isOver() {
    if (lasts) {
      lasts = false;
      note.accept("The store can be used again");
    }
  }

  /** What happened, for people. */
  static String words(Throwable fault) {
    return fault.getCause() == null
        ? "" + fault.getMessage()
        : "%s: %s".formatted(fault.getMessage(), fault.getCause().getMessage());
  }
}
