package dev.espalier.driver.app.measure;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.config.JobFile;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.PruningNetScorers;
import dev.espalier.worker.scorer.ScorerSource;
import dev.espalier.worker.scorer.Scorers;

/**
 * Opens, on a worker, what scores structures with the weights of a PruningNet.
 *
 * @param job the job in its canonical text: the network and the space are built from it anew
 */
public record PruningNetSource(String job) implements ScorerSource {

  private static final long serialVersionUID = 1;

  /** That of a job, without its device: no score depends on it, and its table is long. */
  static PruningNetSource of(JobSpec spec) {
    return new PruningNetSource(JobFile.canonical(spec.with(JobSpec.Device.NONE)));
  }

  @Override
  public Scorers open(EvaluationContext context) {
    JobSpec spec = JobFile.parse(job, "job").spec();
    PackedDataset data = PackedDataset.open(context.dataset().path());
    context.dataset().require(data.info().digest());
    Images images = Images.of(data, spec.data().splits());
    TrainedPruningNet trained =
        TrainedPruningNet.load(context.weights().path(), JobPlan.space(spec, data.info()));
    try {
      context.weights().require(trained.digest());
      return new PruningNetScorers(
          trained.net(),
          images.dataset(),
          images.splits(),
          Split.valueOf(context.split()),
          EvaluationProtocol.parse(context.protocol()));
    } catch (RuntimeException e) {
      trained.close();
      throw e;
    }
  }
}
