package dev.espalier.driver.cli.option;

import picocli.CommandLine.Option;

/** Where a service shows its jobs to browsers. */
public final class PagesOption {

  /** The option of the port, for messages. */
  public static final String PORT = "--pages-port";

  @Option(
      names = PORT,
      paramLabel = "PORT",
      defaultValue = "0",
      description =
          "Show the jobs to browsers of this machine there (default: at any free port, which is printed).")
  private int port;

  /**
   * The port, or 0 for a free one.
   *
   * @throws dev.espalier.search.job.BadInputException if it is none
   */
  public int port() {
    return Port.of(PORT, port);
  }
}
