package dev.espalier.driver.spark;

import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.secret.SecretFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The master of Spark's own cluster manager, as a job file names it: {@code spark://HOST:PORT}, or
 * several of them behind a comma, of which one leads.
 *
 * @param url as the job file has it
 * @param masters where they listen
 */
record StandaloneMaster(String url, List<InetSocketAddress> masters) {

  static final String SCHEME = "spark://";

  private static final int CONNECT_MILLIS = 2_000;

  /**
   * Reads the name of a master.
   *
   * @throws BadInputException if it is none
   */
  static StandaloneMaster parse(String url) {
    return new StandaloneMaster(
        url,
        Arrays.stream(url.substring(SCHEME.length()).split(",", -1))
            .map(master -> address(url, master))
            .toList());
  }

  /** Whether all of it is on this machine and cannot be reached from another one. */
  boolean isLoopback() {
    return masters.stream()
        .map(InetSocketAddress::getAddress)
        .allMatch(address -> address != null && address.isLoopbackAddress());
  }

  /**
   * Refuses a master that does not listen, for which Spark would look for minutes.
   *
   * @throws BadInputException if none of the masters does
   */
  void requireListening() {
    if (masters.stream().noneMatch(StandaloneMaster::listens)) {
      throw new BadInputException(
          "evaluation.master is '%s', but nobody listens there, expected a running master. Maybe start one on this machine with 'local-cluster start'?"
              .formatted(url));
    }
  }

  /**
   * The secret that the master's processes share.
   *
   * @throws BadInputException if there is none, or if other users may know it
   */
  String secret(Path file) {
    if (!Files.exists(file)) {
      throw new BadInputException(
          "%s: no such file, expected the secret of the cluster at %s (its spark.authenticate.secret). Maybe the cluster was started for another home?"
              .formatted(file, url));
    }
    try {
      return new SecretFile(file).read();
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static InetSocketAddress address(String url, String master) {
    try {
      URI uri = URI.create(SCHEME + master);
      if (uri.getHost() != null && uri.getPort() > 0 && uri.getPort() < 1 << Short.SIZE) {
        return new InetSocketAddress(uri.getHost(), uri.getPort());
      }
    } catch (IllegalArgumentException e) {
      // Said below: no address.
    }
    throw new BadInputException(
        "evaluation.master is '%s', expected spark://HOST:PORT. Maybe spark://127.0.0.1:7077?"
            .formatted(url));
  }

  private static boolean listens(InetSocketAddress master) {
    try (Socket socket = new Socket()) {
      socket.connect(master, CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
