package dev.espalier.driver.service;

import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.file.Json;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.search.job.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files of one job.
 *
 * @param id the job
 * @param path its folder
 */
public record JobFolder(JobId id, Path path) {

  private static final String FILE = "job.yaml";
  private static final String RECORD = "job.json";
  private static final String STATUS = "status.json";
  private static final List<String> FILES = List.of(FILE, RECORD, STATUS);

  /** The job file as it was submitted. */
  public Path jobFile() {
    return path.resolve(FILE);
  }

  /** Journal and checkpoints of the search. */
  public Path journal() {
    return path.resolve("search");
  }

  /** What the job found, once it is done. */
  public Path report() {
    return path.resolve("report.json");
  }

  /** What the job did, for people. */
  public Path log() {
    return path.resolve("log");
  }

  /** What a process in the background printed. */
  public Path output() {
    return path.resolve("output");
  }

  /** Loopback port of the metrics while the job runs. */
  public Path metricsPort() {
    return path.resolve("metrics.port");
  }

  /** Held by the process that runs the job. */
  public Path lock() {
    return path.resolve("lock");
  }

  /**
   * The process that runs the job or, once it was submitted, is about to; empty if there is none.
   */
  public Optional<ProcessHandle> process() {
    OptionalLong holder = ProcessLock.holder(lock());
    return holder.isPresent() ? ProcessHandle.of(holder.getAsLong()) : alive(starterFile());
  }

  /** Notes the process that is about to run the job. */
  public void starts(BackgroundProcess process) {
    AtomicFile.write(starterFile(), Json.text(process));
  }

  /** The process that was asked to stop, if it has not ended yet. */
  public Optional<ProcessHandle> stopping() {
    return alive(cancelFile());
  }

  /** Notes that a process was asked to stop. */
  public void stops(ProcessHandle process) {
    AtomicFile.write(cancelFile(), Json.text(BackgroundProcess.of(process)));
  }

  /** What the job was made from. */
  public JobRecord record() {
    return Json.read(recordFile(), JobRecord.class);
  }

  /** Writes what the job was made from. */
  public void write(JobRecord job) {
    AtomicFile.write(recordFile(), Json.text(job));
  }

  /** How far the job has come. */
  public JobStatus status() {
    return Json.read(statusFile(), JobStatus.class);
  }

  /** Writes how far the job has come. */
  public void write(JobStatus status) {
    AtomicFile.write(statusFile(), Json.text(status));
  }

  /** Whether there is such a job, whole or not. */
  boolean exists() {
    return FILES.stream().anyMatch(name -> Files.exists(path.resolve(name)));
  }

  /** Refuses a job that was not accepted whole, or that has lost a file since. */
  void requireWhole() {
    for (String name : FILES) {
      if (!Files.exists(path.resolve(name))) {
        throw new BadInputException(
            "job %s is broken: %s is missing in %s".formatted(id, name, path));
      }
    }
  }

  private static Optional<ProcessHandle> alive(Path file) {
    return Files.exists(file)
        ? Json.read(file, BackgroundProcess.class).handle()
        : Optional.empty();
  }

  private Path recordFile() {
    return path.resolve(RECORD);
  }

  private Path statusFile() {
    return path.resolve(STATUS);
  }

  private Path starterFile() {
    return path.resolve("starter");
  }

  private Path cancelFile() {
    return path.resolve("cancel");
  }
}
