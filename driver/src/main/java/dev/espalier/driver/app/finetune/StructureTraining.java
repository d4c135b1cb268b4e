package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.measure.JobPruningNet;
import dev.espalier.driver.app.measure.OwnWorkplace;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.data.ImportedNetworks;
import dev.espalier.driver.service.process.LocalJob;
import dev.espalier.driver.service.store.Store;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.evaluate.WorkersObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Trains structures of a job that has its PruningNet, outside of the job. What comes of it is kept
 * where the job's own stage looks for it too.
 *
 * @param home where the job's images and PruningNet are
 * @param store where the job lives
 * @param job whose structures they are
 * @param plan what the job means
 */
public record StructureTraining(Home home, Store store, JobFolder job, JobPlan plan) {

  /**
   * Trains structures by themselves, from their generated weights, and measures them.
   *
   * @param settings of the trainings
   * @param screen shows how it gets on
   * @param stop asks to stop after the step under way; any thread may make it true
   * @throws dev.espalier.search.job.BadInputException if the job has no PruningNet yet, or the home
   *     has another, or, of several structures, the job's master cannot be had
   */
  public FineTuneRun.Result run(
      List<Structure> structures,
      JobSpec.FineTune settings,
      JobListener screen,
      BooleanSupplier stop) {
    OwnWorkplace workplace = new OwnWorkplace(home);
    if (structures.size() > 1) {
      workplace.require(plan.spec());
    }
    new OriginalNetwork(job, plan).keep(ImportedNetworks.of(home));
    try (JobPruningNet net = JobPruningNet.open(home, store, job, plan)) {
      FineTuningBench bench =
          new FineTuningBench(
              plan,
              net.images(),
              net.trained(),
              net.file(),
              net.protocol(),
              null,
              () ->
                  workplace.slices(
                      plan.spec(), net.images().file(), scratch(), new Waiting(screen)),
              screen,
              stop);
      return new FineTuneRun(job, bench.with(settings)).run(structures);
    }
  }

  /** As of the job itself: Spark has a folder of its own in it. */
  private Path scratch() {
    return job.local().map(LocalJob::scratch).orElseGet(() -> home.service().resolve("spark"));
  }

  /** Tells the screen of a cluster that has no worker to offer. */
  private record Waiting(JobListener screen) implements WorkersObserver {

    @Override
    public void noWorkers(Duration since) {
      screen.note("no workers for %d s".formatted(since.toSeconds()));
    }

    @Override
    public void workersAreBack() {
      screen.note("workers are back");
    }
  }
}
