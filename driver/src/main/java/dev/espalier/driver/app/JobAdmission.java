package dev.espalier.driver.app;

import dev.espalier.driver.app.finetune.OriginalNetwork;
import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.driver.app.plan.StageRules;
import dev.espalier.driver.app.train.PruningNets;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.driver.service.data.ImportedNetworks;
import dev.espalier.driver.service.queue.JobQueue;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks at a job before it is accepted, so that what cannot work is refused at once. Every method
 * throws a {@link BadInputException} if the job's data, network, splits, constraints or stages
 * cannot be used.
 *
 * @param home where its data are
 */
public record JobAdmission(Home home) {

  private record Meaning(JobPlan plan, Images images) {}

  /** Accepts a job that runs in a process of its own. */
  public JobFolder admit(JobFile file, JobStore jobs) {
    Meaning meaning = meaning(file.spec());
    return noting(jobs, meaning, file).accept(file);
  }

  /** Accepts a job that a service is to run. */
  public JobFolder queue(JobFile file, JobStore jobs, JobQueue queue, GatePolicy gate) {
    Meaning meaning = meaning(file.spec());
    return queue.submit(file, noting(jobs, meaning, file), gate == GatePolicy.FORCE);
  }

  /**
   * With graph and weights of a network that was imported, which may teach: another import under
   * its name changes no job, whoever runs it.
   */
  private JobStore noting(JobStore jobs, Meaning job, JobFile file) {
    return Networks.isImported(file.spec().network())
        ? jobs.noting(
            job.plan().spec().network().architecture(),
            OriginalNetwork.file(job.plan(), ImportedNetworks.of(home)))
        : jobs;
  }

  /** What a job would be; measures for some seconds how fast this machine is. */
  public JobCheck check(JobFile file) {
    Meaning job = meaning(file.spec());
    boolean trained = Files.exists(pruningNet(job.plan(), job.images()));
    return JobCheck.of(job.plan(), job.images(), trained);
  }

  private Meaning meaning(JobSpec asked) {
    JobSpec spec = Networks.resolved(asked, home);
    StageRules.requireNetwork(spec, "");
    Images images = Images.of(DataStore.of(home).forJob(spec.data().name()), spec.data().splits());
    images.requireRecalibration(spec.evaluation().recalibrationImages());
    JobPlan plan = JobPlan.outlined(spec, images.dataset().info());
    StageRules.requirePruningNet(spec, pruningNet(plan, images));
    OriginalNetwork.requireTeacher(plan, ImportedNetworks.of(home));
    return new Meaning(plan, images);
  }

  private Path pruningNet(JobPlan plan, Images images) {
    return PruningNets.file(home.pruningNets(), images.training(plan));
  }
}
