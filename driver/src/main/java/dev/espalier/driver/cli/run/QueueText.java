package dev.espalier.driver.cli.run;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.queue.JobQueue;
import dev.espalier.driver.service.queue.Lease;
import dev.espalier.driver.service.store.Folder;
import org.jspecify.annotations.Nullable;

/** Says what became of a job that was put into the queue. */
final class QueueText {

  private QueueText() {}

  /**
   * A job of the queue.
   *
   * @param id the job
   * @param folder where its files are
   * @param place among those that wait, 1 for the next one; null once it has begun
   * @param service epoch of the service that will run it, or null while none lives
   */
  private record Queued(JobId id, Folder folder, @Nullable Integer place, @Nullable Long service) {}

  static void print(JobFolder job, JobQueue queue, HomeOption home, OutputOption output) {
    Integer place = queue.place(job.id()).orElse(null);
    Lease service = queue.service().orElse(null);
    String who =
        service == null
            ? "no service runs yet: start one with 'espalier serve%s'".formatted(home.argument())
            : "%s takes it".formatted(service.text());
    output.print(
        new Queued(job.id(), job.folder(), place, service == null ? null : service.epoch()),
        "%s is in the queue%s; %s. Follow it with: espalier watch %s%s%n"
            .formatted(
                job.id(), place == null ? "" : ", place " + place, who, job.id(), home.argument()));
  }
}
