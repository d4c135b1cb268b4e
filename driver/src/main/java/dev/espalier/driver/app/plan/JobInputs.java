package dev.espalier.driver.app.plan;

import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobRecord;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.search.job.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds a job to what it was made from: the first run writes down each input's digest, and every
 * later run must bring the same.
 */
public final class JobInputs {

  /** Name of the input that a training makes. */
  public static final String PRUNING_NET = "pruningNet";

  private final JobFolder job;
  private JobRecord made;

  /** What a job has noted so far. */
  public JobInputs(JobFolder job) {
    this.job = job;
    this.made = job.record();
  }

  /**
   * Notes an input, or compares it with the one noted.
   *
   * @param name of the input, e.g. {@code data}
   * @throws BadInputException naming both digests, if it has changed
   */
  public void require(String name, String digest) {
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

  /** Whether an input is noted. */
  public boolean isNoted(String name) {
    return made.digests().containsKey(name);
  }

  /** The protocol that the first run chose; empty before. */
  public String protocol() {
    return made.protocol();
  }

  /** Notes the protocol, once. */
  public void choose(String protocol) {
    made = made.withProtocol(protocol);
    job.write(made);
  }

  /** The architecture that the first run found; empty before. */
  public String architecture() {
    return made.architecture();
  }

  /** The structures to try first that the first run found with it. */
  public List<String> first() {
    return made.first();
  }

  /**
   * Notes the architecture, once.
   *
   * @param first structures to try first
   */
  public void found(String architecture, List<String> first) {
    made = made.withArchitecture(architecture, first);
    job.write(made);
  }

  /** Notes that a search has its journal now: it must be there from now on. */
  public void begin(String search) {
    if (!made.begun().contains(search)) {
      made = made.withBegun(search);
      job.write(made);
    }
  }

  /**
   * Refuses to begin a search anew that has lost its journal.
   *
   * @param there whether its journal is there
   */
  public void requireKept(String search, Folder journal, boolean there) {
    if (!there && made.begun().contains(search)) {
      throw lost("results in the journal " + journal);
    }
  }

  /**
   * Refuses to train the PruningNet anew that scores were made with.
   *
   * @param file where it is kept
   */
  public void requireKept(Path file) {
    String digest = made.digests().get(PRUNING_NET);
    if (digest != null && !Files.exists(file)) {
      throw lost("the PruningNet %s in %s".formatted(digest, file));
    }
  }

  private BadInputException lost(String what) {
    return new BadInputException(
        "job %s had %s, but it is not there now. Maybe put it back, or begin a new job?"
            .formatted(job.id(), what));
  }

  /** All that results depend on, as the journal knows it. */
  public String identity() {
    return made.identity();
  }

  /** What is noted. */
  public JobRecord made() {
    return made;
  }
}
