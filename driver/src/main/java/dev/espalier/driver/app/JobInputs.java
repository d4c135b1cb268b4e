package dev.espalier.driver.app;

import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobRecord;
import dev.espalier.search.job.BadInputException;

/**
 * Holds a job to what it was made from: the first run writes down each input's digest, and every
 * later run must bring the same.
 */
final class JobInputs {

  private final JobFolder job;
  private JobRecord made;

  JobInputs(JobFolder job) {
    this.job = job;
    this.made = job.record();
  }

  /**
   * Notes an input, or compares it with the one noted.
   *
   * @param name of the input, e.g. {@code data}
   * @throws BadInputException naming both digests, if it has changed
   */
  void require(String name, String digest) {
    String known = made.digests().get(name);
    if (known == null) {
      made = made.with(name, digest);
      job.write(made);
    } else if (!known.equals(digest)) {
      throw new BadInputException(
          "job %s was begun with %s %s, but finds %s now. Maybe undo the change, or begin a new job?"
              .formatted(job.id(), name, known, digest));
    }
  }

  /** The protocol that the first run chose; empty before. */
  String protocol() {
    return made.protocol();
  }

  /** Notes the protocol, once. */
  void choose(String protocol) {
    made = made.withProtocol(protocol);
    job.write(made);
  }

  /** All that results depend on, as the journal knows it. */
  String identity() {
    return made.digests().toString();
  }

  /** What is noted. */
  JobRecord made() {
    return made;
  }
}
