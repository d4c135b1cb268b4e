package dev.espalier.worker.request;

/**
 * Where a worker finds the shared score cache.
 *
 * @param host name or number of the member's address
 * @param port TCP port of the member
 * @param cluster name of the cluster; a member with another name refuses the worker
 * @param secret key of the values' HMAC, in hexadecimal digits; empty where values carry a plain
 *     checksum
 */
public record CacheAddress(String host, int port, String cluster, String secret) {

  /** Refuses a port that cannot be. */
  public CacheAddress {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "cache address: port is %d, expected 1 to 65535".formatted(port));
    }
  }

  /** Without the secret, so that it never reaches a log. */
  @Override
  public String toString() {
    return "%s:%d".formatted(host, port);
  }
}
