package dev.espalier.worker.request;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a worker finds the shared score cache.
 *
 * @param members where the cluster's members listen, as HOST:PORT; one that answers is enough
 * @param cluster name of the cluster; a member with another name refuses the worker
 * @param secret key of the values' HMAC, in hexadecimal digits; empty where values carry a plain
 *     checksum
 */
public record CacheAddress(List<String> members, String cluster, String secret) {

  private static final Pattern MEMBER = Pattern.compile(".+:([1-9]\\d{0,4})");

  /** Refuses members that cannot be. */
  public CacheAddress {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("cache address without a member");
    }
    for (String member : members) {
      if (!MEMBER.matcher(member).matches()) {
        throw new IllegalArgumentException(
            "cache address is '%s', expected HOST:PORT".formatted(member));
      }
    }
  }

  /** Without the secret, so that it never reaches a log. */
  @Override
  public String toString() {
    return String.join(", ", members);
  }
}
