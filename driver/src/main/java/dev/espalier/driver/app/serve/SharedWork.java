package dev.espalier.driver.app.serve;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.app.JobOwner;
import dev.espalier.driver.app.JobRun;
import dev.espalier.driver.app.measure.SharedWorkplace;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.metrics.JobsMetrics;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.store.Store;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Runs the jobs of a service at the workplace that they share.
 *
 * @param home where their data are
 * @param store where the jobs live
 * @param workplace where they find workers
 * @param metrics where all of them show their metrics
 * @param screens shows how each gets on
 * @param owner the service
 * @param clock for the record only
 */
public record SharedWork(
    Home home,
    Store store,
    SharedWorkplace workplace,
    JobsMetrics metrics,
    Function<JobId, JobListener> screens,
    JobOwner owner,
    InstantSource clock)
    implements JobWork {

  @Override
  public boolean run(JobFolder job, GatePolicy gate, BooleanSupplier stop) {
    JobListener screen = screens.apply(job.id());
    return new JobRun(home, store, workplace, metrics::begin, screen, stop, owner, clock)
        .run(job, gate)
        .isPresent();
  }

  @Override
  public boolean possible() {
    return workplace.isOpen();
  }
}
