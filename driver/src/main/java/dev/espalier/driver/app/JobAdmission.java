package dev.espalier.driver.app;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.train.PruningNets;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.driver.service.queue.JobQueue;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import java.nio.file.Files;

/**
 * Looks at a job before it is accepted, so that what cannot work is refused at once. Every method
 * throws a {@link BadInputException} if the job's data, network, splits or constraints cannot be
 * used.
 *
 * @param home where its data are
 */
public record JobAdmission(Home home) {

  private record Meaning(JobPlan plan, Images images) {}

  /** Accepts a job that runs in a process of its own. */
  public JobFolder admit(JobFile file, JobStore jobs) {
    meaning(file.spec());
    return jobs.accept(file);
  }

  /** Accepts a job that a service is to run. */
  public JobFolder queue(JobFile file, JobStore jobs, JobQueue queue, GatePolicy gate) {
    meaning(file.spec());
    return queue.submit(file, jobs, gate == GatePolicy.FORCE);
  }

  /** What a job would be; measures for some seconds how fast this machine is. */
  public JobCheck check(JobFile file) {
    Meaning job = meaning(file.spec());
    boolean trained =
        Files.exists(PruningNets.file(home.pruningNets(), job.images().training(job.plan())));
    return JobCheck.of(job.plan(), job.images(), trained);
  }

  private Meaning meaning(JobSpec spec) {
    Images images = Images.of(DataStore.of(home).forJob(spec.data().name()), spec.data().splits());
    images.requireRecalibration(spec.evaluation().recalibrationImages());
    return new Meaning(JobPlan.outlined(spec, images.dataset().info()), images);
  }
}
