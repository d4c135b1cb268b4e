package dev.espalier.driver.service;

import dev.espalier.search.job.Nearest;
import java.util.Collection;

/** A job, structure, data set or PruningNet that was asked for does not exist. */
public final class NotFoundException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** An error that people can mend by the message alone. */
  public NotFoundException(String message) {
    super(message);
  }

  /** An error that guesses what was meant among what exists. */
  public static NotFoundException of(String kind, String name, Collection<String> known) {
    String guess =
        Nearest.to(name, known)
            .map(" Maybe '%s' is meant?"::formatted)
            .orElse(known.isEmpty() ? " There is none yet." : "");
    return new NotFoundException("%s '%s' does not exist.%s".formatted(kind, name, guess));
  }
}
