package dev.espalier.driver.service;

import dev.espalier.driver.config.DeviceFiles;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.process.LocalJob;
import dev.espalier.driver.service.store.AppendedObject;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.search.job.BadInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The files of one job.
 *
 * @param id the job
 * @param folder where they are
 */
public record JobFolder(JobId id, Folder folder) {

  private static final String FILE = "job.yaml";
  private static final String RECORD = "job.json";
  private static final String STATUS = "status.json";
  private static final String REPORT = "report.json";
  private static final String DATA = "data.json";
  private static final String IMPORTED = "imported.network";

  /** Name of the log, in stores that are written to through a {@link AppendedObject}. */
  public static final String LOG = "log";

  private static final List<String> FILES = List.of(FILE, RECORD, STATUS);

  /** The same job where processes and locks of this machine reach it. */
  public Optional<LocalJob> local() {
    return folder.local().map(LocalJob::new);
  }

  /**
   * The job file as it was submitted, with the files that it named then.
   *
   * @throws BadInputException if it is none any more, or one of those is missing
   */
  public JobFile file() {
    return JobFile.parse(folder.read(FILE).orElseThrow(() -> missing(FILE)), folder.describe(FILE))
        .with(name -> text(DeviceFiles.LATENCY), name -> text(DeviceFiles.ENERGY));
  }

  private String text(String name) {
    return new String(folder.read(name).orElseThrow(() -> missing(name)), StandardCharsets.UTF_8);
  }

  /** Journal and checkpoints of the search. */
  public Folder search() {
    return folder.folder("search");
  }

  /** What came of training structures by themselves. */
  public Folder fineTuned() {
    return folder.folder("finetuned");
  }

  /** The file of the job's network as it was imported; empty if it is not there. */
  public Optional<byte[]> imported() {
    return fineTuned().read(IMPORTED);
  }

  /** Whether {@link #imported} is there. */
  public boolean hasImported() {
    return fineTuned().has(IMPORTED);
  }

  /** Writes {@link #imported}, unless it is there: only one caller wins. */
  public void keepImported(byte[] network) {
    fineTuned().create(IMPORTED, network);
  }

  /** What the job found, once it is done. */
  public <T> Optional<T> report(Class<T> type) {
    return folder.readJson(REPORT, type);
  }

  /** Writes what the job found. */
  public void writeReport(Object report) {
    folder.writeJson(REPORT, report);
  }

  /** What the job was made from. */
  public JobRecord record() {
    return folder.readJson(RECORD, JobRecord.class).orElseThrow(() -> missing(RECORD));
  }

  /** Writes what the job was made from. */
  public void write(JobRecord job) {
    folder.writeJson(RECORD, job);
  }

  /** How far the job has come. */
  public JobStatus status() {
    return folder.readJson(STATUS, JobStatus.class).orElseThrow(() -> missing(STATUS));
  }

  /** Writes how far the job has come. */
  public void write(JobStatus status) {
    folder.writeJson(STATUS, status);
  }

  /** Writes the job file, and before it what it names. */
  void write(JobFile file) {
    write(DeviceFiles.LATENCY, file.spec().device().latency());
    write(DeviceFiles.ENERGY, file.spec().device().energy());
    folder.writeText(FILE, file.text());
  }

  private void write(String name, String text) {
    if (!text.isEmpty()) {
      folder.writeText(name, text);
    }
  }

  /** What is known of the job's data set; empty before the job has begun. */
  public <T> Optional<T> data(Class<T> type) {
    return folder.readJson(DATA, type);
  }

  /** Writes what is known of the job's data set, for who has not got it. */
  public void writeData(Object data) {
    folder.writeJson(DATA, data);
  }

  /** More of the log behind a number of bytes; empty if there is no more. */
  public byte[] log(long offset) {
    return local()
        .map(job -> job.log(offset))
        .orElseGet(() -> new AppendedObject(folder, LOG).readFrom(offset));
  }

  /** Removes a job that was not accepted after all. */
  public void discard() {
    FILES.forEach(folder::delete);
    folder.delete(DeviceFiles.LATENCY);
    folder.delete(DeviceFiles.ENERGY);
    fineTuned().delete(IMPORTED);
  }

  /** Whether there is such a job, whole or not. */
  boolean exists() {
    return folder.names().stream().anyMatch(FILES::contains);
  }

  /** Refuses a job that was not accepted whole, or that has lost a file since. */
  void requireWhole() {
    List<String> names = folder.names();
    for (String name : FILES) {
      if (!names.contains(name)) {
        throw missing(name);
      }
    }
  }

  private BadInputException missing(String name) {
    return new BadInputException(
        "job %s is broken: %s is missing in %s".formatted(id, name, folder));
  }
}
