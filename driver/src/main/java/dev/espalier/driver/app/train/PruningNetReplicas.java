package dev.espalier.driver.app.train;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.spark.training.ReplicaSource;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.training.parallel.Replica;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.request.ContentFile;

/**
 * Opens, on a worker, replicas of a job's PruningNet.
 *
 * @param job the job in its canonical text: the network and the space are built from it anew
 */
public record PruningNetReplicas(String job) implements ReplicaSource {

  private static final long serialVersionUID = 1;

  /** The replicas of a job. */
  public static PruningNetReplicas of(JobSpec spec) {
    return new PruningNetReplicas(JobFile.canonical(spec));
  }

  @Override
  public Replica open(ContentFile dataset) {
    JobSpec spec = JobFile.parse(job, "job").spec();
    PackedDataset data = PackedDataset.open(dataset.path());
    dataset.require(data.info().digest());
    JobPlan plan = JobPlan.of(spec, data.info());
    return Replica.of(Images.of(data, spec.data().splits()).training(plan));
  }
}
