package dev.espalier.driver.app.measure;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobInputs;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.train.PruningNets;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.driver.service.store.Store;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.search.job.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What it takes to measure structures of a job that has its PruningNet, outside of the job. Owns
 * native memory until closed.
 *
 * @param images of the job
 * @param file of its PruningNet
 * @param trained the PruningNet
 * @param protocol how the job measures
 */
public record JobPruningNet(
    Images images, Path file, TrainedPruningNet trained, EvaluationProtocol protocol)
    implements AutoCloseable {

  /**
   * Opens the PruningNet of a job.
   *
   * @param store where the job lives
   * @throws BadInputException if the job has none yet, or the home has another
   */
  public static JobPruningNet open(Home home, Store store, JobFolder job, JobPlan plan) {
    Images images =
        Images.of(
            DataStore.of(home).forJob(plan.spec().data().name()), plan.spec().data().splits());
    String protocol = job.record().protocol();
    Path file = PruningNets.fetched(home, store, images.training(plan));
    if (protocol.isEmpty() || !Files.exists(file)) {
      throw new BadInputException(
          "job %s has not searched with a PruningNet yet. Maybe go on with it first: espalier resume %s"
              .formatted(job.id(), job.id()));
    }
    TrainedPruningNet trained = TrainedPruningNet.load(file, plan.space());
    try {
      new JobInputs(job).require(JobInputs.PRUNING_NET, trained.digest());
    } catch (BadInputException e) {
      trained.close();
      throw e;
    }
    return new JobPruningNet(images, file, trained, EvaluationProtocol.parse(protocol));
  }

  @Override
  public void close() {
    trained.close();
  }
}
