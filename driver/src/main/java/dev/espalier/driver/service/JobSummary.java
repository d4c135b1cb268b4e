package dev.espalier.driver.service;

import dev.espalier.driver.service.process.LocalJob;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.search.job.JobSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job as {@code status} and {@code jobs} show it.
 *
 * @param id the job
 * @param running whether a process runs it now
 * @param starting whether it was submitted and its process is about to run it
 * @param stopping whether its process was asked to stop at its next safe point
 * @param process that process, or null
 * @param interrupted whether its process died without saying so, or the service that ran it ended;
 *     {@code resume}, or the next service, goes on
 * @param unqueued whether nobody has begun with it, nor will, as its submission was cut off; {@code
 *     resume} goes on
 * @param lastOutput what that process printed last, where it ran in the background, or null
 * @param network the network that is pruned
 * @param data the data set
 * @param created when it was accepted
 * @param folder where its files are
 * @param metricsPort loopback port of its metrics, or null
 * @param place among the jobs that wait for a service, 1 for the next one; null if it does not
 * @param service epoch of the service that runs it, or null
 * @param digests SHA-256 of its inputs
 * @param status how far it has come
 */
public record JobSummary(
    JobId id,
    boolean running,
    boolean starting,
    boolean stopping,
    @Nullable Long process,
    boolean interrupted,
    boolean unqueued,
    @Nullable String lastOutput,
    String network,
    String data,
    Instant created,
    Folder folder,
    @Nullable Integer metricsPort,
    @Nullable Integer place,
    @Nullable Long service,
    Map<String, String> digests,
    JobStatus status)
    implements ListedJob {

  /**
   * What is known of a job.
   *
   * @param place where it stands with the service
   * @throws dev.espalier.search.job.BadInputException if a file of the job cannot be used
   */
  public static JobSummary of(JobFolder job, Place place) {
    Optional<LocalJob> local = job.local();
    Long process = local.flatMap(LocalJob::process).map(ProcessHandle::pid).orElse(null);
    Optional<Long> asked = local.flatMap(LocalJob::stopping).map(ProcessHandle::pid);
    JobStatus status = job.status();
    JobRecord made = job.record();
    JobSpec spec = job.file().spec();
    boolean waits = place.next() != null;
    boolean served = place.service() != null;
    boolean running =
        local
            .map(LocalJob::running)
            .orElse(served && !status.untouched() && !status.stage().ended());
    boolean lost = process == null && !served && !waits && !status.stage().ended();
    boolean unqueued = lost && status.untouched() && !local.map(LocalJob::begun).orElse(false);
    return new JobSummary(
        job.id(),
        running,
        !running
            && (served ? !status.stage().settled() : process != null && !status.stage().ended()),
        place.asked() || asked.filter(pid -> pid.equals(process)).isPresent(),
        process,
        lost && !unqueued || waits && status.stage() != Stage.PREPARING,
        unqueued,
        lost ? local.map(LocalJob::lastOutput).orElse(null) : null,
        spec.network().name(),
        spec.data().name(),
        made.created(),
        job.folder(),
        local.map(LocalJob::port).orElse(null),
        place.next(),
        place.service(),
        made.digests(),
        status);
  }

  /** Where it stands, in one word. */
  public String state() {
    if (place != null && !interrupted) {
      return "queued";
    }
    if (unqueued) {
      return "submitted";
    }
    if (interrupted) {
      return "interrupted";
    }
    if (stopping) {
      return "stopping";
    }
    return starting ? "starting" : status.stage().word();
  }
}
