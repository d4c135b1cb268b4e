package dev.espalier.driver.cli.option;

import dev.espalier.search.job.BadInputException;

/** TCP ports as options name them. */
final class Port {

  private static final int MOST = 65_535;

  private Port() {}

  /**
   * The same port, or 0 for a free one.
   *
   * @throws BadInputException if it is none
   */
  static int of(String option, int port) {
    if (port < 0 || port > MOST) {
      throw new BadInputException("%s: found %d, expected 0 to %d".formatted(option, port, MOST));
    }
    return port;
  }
}
