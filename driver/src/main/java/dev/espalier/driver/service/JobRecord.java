package dev.espalier.driver.service;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a job was made from, written down before it starts and never changed after: resuming with
 * anything else is refused.
 *
 * @param id the job
 * @param created when it was accepted
 * @param version of Espalier that accepted it
 * @param digests SHA-256 of each input, as each becomes known: {@code job}, {@code data}, {@code
 *     network}, {@code pruningNet}, {@code protocol}
 * @param protocol how structures are measured, in its canonical text; empty until it is chosen
 */
public record JobRecord(
    JobId id, Instant created, String version, Map<String, String> digests, String protocol) {

  /**
   * Sorts the digests, so that equal records are equal files; refuses what a damaged file lacks.
   */
  public JobRecord {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(protocol, "protocol");
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
  }

  /** The same record with one more digest. */
  public JobRecord with(String input, String digest) {
    Map<String, String> more = new TreeMap<>(digests);
    more.put(input, digest);
    return new JobRecord(id, created, version, more, protocol);
  }

  /** The same record once it is known how structures are measured. */
  public JobRecord withProtocol(String text) {
    return new JobRecord(id, created, version, digests, text);
  }
}
