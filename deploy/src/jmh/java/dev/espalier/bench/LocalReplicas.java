package dev.espalier.bench;

import dev.espalier.driver.app.measure.OwnWorkplace;
import dev.espalier.driver.app.train.PruningNetReplicas;
import dev.espalier.driver.config.Home;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.training.parallel.Replicas;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.evaluate.WorkersObserver;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;

/** Replicas on the local workers that a job asks for. */
final class LocalReplicas {

  private LocalReplicas() {}

  /** Opens them, in a folder of their own. */
  static Replicas of(JobSpec spec, PackedDataset data, Path folder) {
    return new OwnWorkplace(new Home(folder))
        .replicas(
            spec,
            new ContentFile(data.info().digest(), data.file()),
            PruningNetReplicas.of(spec),
            folder.resolve("spark"),
            new WorkersObserver() {});
  }
}
