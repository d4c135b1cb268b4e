package dev.espalier.driver.service;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a job was made from, written down before it starts and never changed after: resuming with
 * anything else is refused.
 *
 * @param id the job
 * @param created when it was accepted
 * @param version of Espalier that accepted it
 * @param digests SHA-256 of each input, as each becomes known: {@code job}, {@code data}, {@code
 *     network}, {@code pruningNet}, {@code protocol}, and {@link #WEIGHTS}
 * @param protocol how structures are measured, in its canonical text; empty until it is chosen
 * @param architecture of the network, in its canonical text; empty until it is found, and for a
 *     network that is given
 * @param first structures to try first, by their genes, known with the architecture
 * @param begun names of the searches that have a journal; it is the only one they will have
 */
public record JobRecord(
    JobId id,
    Instant created,
    String version,
    Map<String, String> digests,
    String protocol,
    String architecture,
    List<String> first,
    Set<String> begun) {

  /**
   * Name of the file of a network that was imported, with its weights, among the digests. Jobs of
   * earlier versions did not note it.
   */
  public static final String WEIGHTS = "weights";

  /**
   * Sorts the digests, so that equal records are equal files; refuses what a damaged file lacks.
   */
  public JobRecord {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(protocol, "protocol");
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    // Version 0.1.0 did not write these.
    architecture = architecture == null ? "" : architecture;
    first = first == null ? List.of() : List.copyOf(first);
    begun = begun == null ? Set.of() : Collections.unmodifiableSortedSet(new TreeSet<>(begun));
  }

  /** All that results depend on, as a journal knows it. */
  public String identity() {
    return digests.toString();
  }

  /** The same record with one more digest. */
  public JobRecord with(String input, String digest) {
    Map<String, String> more = new TreeMap<>(digests);
    more.put(input, digest);
    return new JobRecord(id, created, version, more, protocol, architecture, first, begun);
  }

  /** The same record once it is known how structures are measured. */
  public JobRecord withProtocol(String text) {
    return new JobRecord(id, created, version, digests, text, architecture, first, begun);
  }

  /** The same record once the architecture of the network is found. */
  public JobRecord withArchitecture(String found, List<String> toTry) {
    return new JobRecord(id, created, version, digests, protocol, found, toTry, begun);
  }

  /** The same record once one more search has a journal. */
  public JobRecord withBegun(String search) {
    Set<String> more = new TreeSet<>(begun);
    more.add(search);
    return new JobRecord(id, created, version, digests, protocol, architecture, first, more);
  }
}
