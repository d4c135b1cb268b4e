package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.measure.JobPruningNet;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.store.Store;
import dev.espalier.search.space.Structure;
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
   * @param epochs passes over the training images
   * @param screen shows how it gets on
   * @param stop asks to stop after the step under way; any thread may make it true
   * @throws dev.espalier.search.job.BadInputException if the job has no PruningNet yet, or the home
   *     has another
   */
  public FineTuneRun.Result run(
      List<Structure> structures, int epochs, JobListener screen, BooleanSupplier stop) {
    try (JobPruningNet net = JobPruningNet.open(home, store, job, plan)) {
      FineTuningBench bench =
          new FineTuningBench(
              plan,
              net.images(),
              net.trained(),
              net.protocol(),
              epochs,
              FineTuningBench.checkpoints(net.file()),
              screen,
              stop);
      return new FineTuneRun(job, bench).run(structures);
    }
  }
}
