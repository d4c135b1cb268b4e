package dev.espalier.driver.cli.option;

import dev.espalier.driver.metrics.MetricsServer;
import dev.espalier.search.job.BadInputException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Option;

/** Where a process that lives long serves its metrics. */
public final class MetricsOption {

  /** The option of the port, for messages. */
  public static final String PORT = "--metrics-port";

  @Option(
      names = PORT,
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Serve Prometheus metrics there (default: at any free port, which is printed).")
  private int port;

  @Option(
      names = "--metrics-bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address of this machine to serve them at (default: ${DEFAULT-VALUE}, which only this machine can reach). They can be read without a password: only in a network that is trusted.")
  private String host = "";

  /**
   * The port, or 0 for a free one.
   *
   * @throws BadInputException if it is none
   */
  public int port() {
    return Port.of(PORT, port);
  }

  /**
   * The address to listen at.
   *
   * @throws BadInputException if it is none
   */
  public InetAddress address() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new BadInputException(
          "--metrics-bind is '%s', expected an address of this machine. Maybe 127.0.0.1?"
              .formatted(host),
          e);
    }
  }

  /**
   * Refuses wrong options before anything starts.
   *
   * @throws BadInputException if port or address are none
   */
  public void requireUsable() {
    port();
    address();
  }

  /** Where they are served, for people. */
  public String url(MetricsServer server) {
    return "http://%s:%d/metrics".formatted(host, server.port());
  }
}
