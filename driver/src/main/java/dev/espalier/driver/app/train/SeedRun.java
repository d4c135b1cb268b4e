package dev.espalier.driver.app.train;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.driver.app.together.Heard;
import dev.espalier.driver.app.together.Told;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.spark.slice.SlicedWork;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.differentiable.DifferentiableSearch;
import dev.espalier.pruningnet.differentiable.FoundArchitecture;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One of a job's searches for an architecture, on a worker.
 *
 * @param job the job in its canonical text: the space is built from it anew
 * @param seed of this search
 */
record SeedRun(String job, long seed) implements SlicedWork<Told> {

  private static final long serialVersionUID = 1;

  /** A worker is one core. */
  private static final int THREADS = 1;

  @Override
  public Told slice(ContentFile dataset, Path folder, BooleanSupplier pause) {
    DifferentiableSearch search = search(dataset);
    Heard heard = new Heard();
    return heard.slice(
        () -> {
          Optional<FoundArchitecture> found =
              search.run(
                  Architectures.checkpoints(folder),
                  THREADS,
                  watch(heard, search),
                  pause,
                  folder.resolve(Architectures.FILE));
          found.ifPresent(FoundArchitecture::close);
          return found;
        });
  }

  @Override
  public String toString() {
    return "the search with seed " + seed;
  }

  private DifferentiableSearch search(ContentFile dataset) {
    JobSpec spec = JobFile.parse(job, "job").spec();
    PackedDataset data = PackedDataset.open(dataset.path());
    dataset.require(data.info().digest());
    ArchitectureSpace space = Networks.space(spec.network(), data.info()).orElseThrow();
    return Architectures.search(
        space,
        spec.network().differentiable().only(seed),
        Images.of(data, spec.data().splits()).trainingData());
  }

  private static ArchitectureWatch watch(Heard heard, DifferentiableSearch search) {
    return new ArchitectureWatch(heard, alphas -> {}, speed -> {}, search) {
      @Override
      public void resumed(Path checkpoint, long step) {
        heard.resumed(resumedText(step));
      }
    };
  }
}
