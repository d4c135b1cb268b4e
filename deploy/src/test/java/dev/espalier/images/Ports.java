package dev.espalier.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Gives every port of every host of a cluster a free port of this machine's loopback. */
final class Ports {

  private final Map<String, Integer> ports = new HashMap<>();

  /** The port here of a port of a host. */
  int of(String host, int port) {
    return ports.computeIfAbsent(host + ":" + port, name -> free());
  }

  /**
   * A word of a command line, as it is here.
   *
   * @param own the host whose command line it is
   * @param hosts pattern of all hosts of the cluster
   * @param listening pattern of the ports that its own processes listen at
   */
  String word(String word, String own, String hosts, String listening) {
    String addresses =
        Pattern.compile("(?<![\\w.-])(" + hosts + "):([0-9]+)")
            .matcher(word)
            .replaceAll(found -> "127.0.0.1:" + of(found.group(1), number(found)));
    String names =
        addresses
            .replaceAll("(?<![\\w./-])(" + hosts + ")(?![\\w.:/-])", "127.0.0.1")
            .replace("0.0.0.0", "127.0.0.1");
    return Pattern.compile("(?<=^|=)(" + listening + ")$")
        .matcher(names)
        .replaceAll(found -> "" + of(own, Integer.parseInt(found.group(1))));
  }

  private static int number(MatchResult found) {
    return Integer.parseInt(found.group(2));
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
