package dev.espalier.driver.app.search;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Plans;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStore;
import dev.espalier.search.run.SearchListener;

/** Jobs that have searched without a tensor: wide structures are accurate, each seventh fails. */
public final class SearchedJob {

  private SearchedJob() {}

  /** A job {@code demo-N} of 60 structures, all of which were measured; its stage is its first. */
  public static JobFolder in(JobStore jobs) {
    JobFile file = JobFile.parse(Plans.SMALL + "output: {name: demo}\n", "job.yaml");
    JobFolder job = jobs.accept(file);
    job.writeData(Plans.info());
    SearchFolder.searched(JobPlan.of(file.spec(), Plans.info()), job.search())
        .run(
            "some identity",
            () -> {},
            new WidthPool(Integer.MAX_VALUE),
            SearchListener.SILENT,
            () -> false);
    return job;
  }
}
