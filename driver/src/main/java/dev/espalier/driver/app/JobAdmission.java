package dev.espalier.driver.app;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;

/**
 * Looks at a job before it is accepted, so that what cannot work is refused at once.
 *
 * @param data the data sets that jobs may name
 */
public record JobAdmission(DataStore data) {

  /** The admission to a home. */
  public static JobAdmission of(Home home) {
    return new JobAdmission(DataStore.of(home));
  }

  /**
   * Accepts a job.
   *
   * @throws BadInputException if its data, network, splits or constraints cannot be used
   */
  public JobFolder admit(JobFile file, JobStore jobs) {
    check(file.spec());
    return jobs.accept(file);
  }

  /** What a job means, if it can work. */
  public JobPlan check(JobSpec spec) {
    PackedDataset dataset = data.forJob(spec.data().name());
    Images.of(dataset, spec.data().splits());
    return JobPlan.of(spec, dataset.info());
  }
}
