package dev.espalier.driver.service;

import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.Store;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.BadInputException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The jobs of a store. Safe to use from several processes at once. */
public final class JobStore {

  private final Folder folder;
  private final String version;
  private final InstantSource clock;
  private final String graph;
  private final Optional<byte[]> imported;

  /**
   * The jobs of a store.
   *
   * @param version of Espalier, written into new jobs
   */
  public JobStore(Store store, String version, InstantSource clock) {
    this(store.jobs(), version, clock, "", Optional.empty());
  }

  private JobStore(
      Folder folder, String version, InstantSource clock, String graph, Optional<byte[]> imported) {
    this.folder = folder;
    this.version = version;
    this.clock = clock;
    this.graph = graph;
    this.imported = imported;
  }

  /**
   * The same jobs; those that are accepted have a network from the beginning.
   *
   * @param known its architecture or graph; empty if it is not known
   * @param file of it with its weights, if it was imported
   */
  public JobStore noting(String known, Optional<byte[]> file) {
    return new JobStore(folder, version, clock, known, file);
  }

  /** Accepts a job: gives it an id and a folder with a copy of its file. */
  public JobFolder accept(JobFile file) {
    JobFolder job = claim(file.spec().output().name());
    job.write(file);
    Map<String, String> digests = new TreeMap<>(Map.of("job", digest(file)));
    imported.ifPresent(
        network -> {
          job.keepImported(network);
          digests.put(JobRecord.WEIGHTS, Sha256.of(network));
        });
    job.write(JobStatus.accepted(clock.instant()));
    job.write(
        new JobRecord(job.id(), clock.instant(), version, digests, "", graph, List.of(), Set.of()));
    return job;
  }

  /**
   * The digest of what a job file asks for, however it is written, and in whichever version; its
   * output and its stages may be changed while the job is under way.
   */
  public static String digest(JobFile file) {
    return Sha256.of(JobFile.essence(file.spec().decisive()));
  }

  /**
   * A job by its id.
   *
   * @throws NotFoundException if there is none
   * @throws BadInputException if a file of it is missing
   */
  public JobFolder find(JobId id) {
    JobFolder job = new JobFolder(id, folder.folder(id.text()));
    if (!job.exists()) {
      throw NotFoundException.of(
          "job", id.text(), folders().map(known -> known.id().text()).toList());
    }
    job.requireWhole();
    return job;
  }

  /**
   * All jobs, the latest first, and after them those that cannot be read.
   *
   * @param places where each stands with the service
   */
  public List<ListedJob> all(Function<JobId, Place> places) {
    List<ListedJob> listed = folders().map(job -> look(job, places.apply(job.id()))).toList();
    Stream<JobSummary> whole =
        only(JobSummary.class, listed)
            .sorted(
                Comparator.comparing(JobSummary::created)
                    .thenComparing(job -> job.id().text())
                    .reversed());
    Stream<BrokenJob> broken =
        only(BrokenJob.class, listed).sorted(Comparator.comparing(job -> job.id().text()));
    return Stream.<ListedJob>concat(whole, broken).toList();
  }

  private static <T> Stream<T> only(Class<T> type, List<ListedJob> jobs) {
    return jobs.stream().filter(type::isInstance).map(type::cast);
  }

  private static ListedJob look(JobFolder job, Place place) {
    try {
      job.requireWhole();
      return JobSummary.of(job, place);
    } catch (BadInputException | UncheckedIOException e) {
      return new BrokenJob(job.id(), job.folder(), "" + e.getMessage());
    }
  }

  private Stream<JobFolder> folders() {
    return folder.folders().stream()
        .filter(JobId::isId)
        .map(id -> new JobFolder(new JobId(id), folder.folder(id)))
        .filter(JobFolder::exists);
  }

  /** Makes the folder with the first free number; making it decides between two processes. */
  private JobFolder claim(String name) {
    for (int number = 1; ; number++) {
      JobId id = JobId.of(name, number);
      Optional<Folder> claimed = folder.claim(id.text());
      if (claimed.isPresent()) {
        return new JobFolder(id, claimed.get());
      }
    }
  }
}
