package dev.espalier.worker.cache;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a cache member listens and how much it keeps.
 *
 * @param host the one address it binds to
 * @param port the one port it binds to, or 0 for any free one
 * @param members the other members of the cluster, as host:port; empty for a member on its own
 * @param peers more of them that need not be there yet: whoever starts first begins alone
 * @param memoryMegabytes most heap that entries of one member may take before the least recently
 *     used ones go
 * @param fileBytes most bytes of the file that keeps entries
 */
public record CacheSettings(
    String host,
    int port,
    List<String> members,
    List<String> peers,
    int memoryMegabytes,
    long fileBytes) {

  /** A lone member that only this machine can reach. */
  public static final CacheSettings LOOPBACK =
      new CacheSettings("127.0.0.1", 0, List.of(), List.of(), 64, 1L << 30);

  /** Refuses bounds that leave no room. */
  public CacheSettings {
    members = List.copyOf(members);
    peers = List.copyOf(peers);
    if (memoryMegabytes < 1 || fileBytes < 1) {
      throw new IllegalArgumentException(
          "cache of %d MB of memory and %d bytes of file, expected at least 1 of each"
              .formatted(memoryMegabytes, fileBytes));
    }
  }

  /** The same member in a cluster with others. */
  CacheSettings joining(List<String> others) {
    return new CacheSettings(
        host,
        port,
        Stream.concat(members.stream(), others.stream()).toList(),
        peers,
        memoryMegabytes,
        fileBytes);
  }

  /** All addresses at which others may be met. */
  List<String> others() {
    return Stream.concat(members.stream(), peers.stream()).toList();
  }
}
