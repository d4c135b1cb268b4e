package dev.espalier.driver.service;

import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.file.Json;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one job.
 *
 * @param id the job
 * @param path its folder
 */
public record JobFolder(JobId id, Path path) {

  /** The job file as it was submitted. */
  public Path jobFile() {
    return path.resolve("job.yaml");
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

  /** Whether the job was accepted whole. */
  boolean complete() {
    return Files.exists(recordFile()) && Files.exists(statusFile());
  }

  private Path recordFile() {
    return path.resolve("job.json");
  }

  private Path statusFile() {
    return path.resolve("status.json");
  }
}
