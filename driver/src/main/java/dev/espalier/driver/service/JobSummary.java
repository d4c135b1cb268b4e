package dev.espalier.driver.service;

import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.file.Json;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.search.job.JobSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A job as {@code status} and {@code jobs} show it.
 *
 * @param id the job
 * @param running whether a process runs it now
 * @param process that process, or null
 * @param interrupted whether its process died without saying so; {@code resume} goes on
 * @param network the network that is pruned
 * @param data the data set
 * @param created when it was accepted
 * @param folder where its files are
 * @param metricsPort loopback port of its metrics, or null
 * @param digests SHA-256 of its inputs
 * @param status how far it has come
 */
public record JobSummary(
    JobId id,
    boolean running,
    @Nullable Long process,
    boolean interrupted,
    String network,
    String data,
    Instant created,
    Path folder,
    @Nullable Integer metricsPort,
    Map<String, String> digests,
    JobStatus status) {

  /** What is known of a job. */
  public static JobSummary of(JobFolder job) {
    OptionalLong holder = ProcessLock.holder(job.lock());
    JobStatus status = job.status();
    JobRecord made = job.record();
    JobSpec spec = JobFile.read(job.jobFile()).spec();
    boolean running = holder.isPresent();
    return new JobSummary(
        job.id(),
        running,
        running ? holder.getAsLong() : null,
        !running && !status.stage().ended(),
        spec.network().name(),
        spec.data().name(),
        made.created(),
        job.path(),
        running && Files.exists(job.metricsPort())
            ? Json.read(job.metricsPort(), Integer.class)
            : null,
        made.digests(),
        status);
  }

  /** Where it stands, in one word. */
  public String state() {
    return interrupted ? "interrupted" : status.stage().word();
  }
}
