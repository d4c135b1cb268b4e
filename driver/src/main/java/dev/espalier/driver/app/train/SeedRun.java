package dev.espalier.driver.app.train;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.spark.slice.SlicedWork;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.differentiable.DifferentiableSearch;
import dev.espalier.pruningnet.differentiable.FoundArchitecture;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.request.ContentFile;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One of a job's searches for an architecture, on a worker.
 *
 * @param job the job in its canonical text: the space is built from it anew
 * @param seed of this search
 */
record SeedRun(String job, long seed) implements SlicedWork<SeedRun.Told> {

  private static final long serialVersionUID = 1;

  /** A worker is one core. */
  private static final int THREADS = 1;

  /**
   * What a slice tells.
   *
   * @param goesOn whether the search is not at its end
   * @param resumed from where it went on; empty if it began
   * @param steps done, those of earlier slices included; 0 if none was done now
   * @param notes what people should know, one line each
   * @param diverged why it can not go on, if so
   */
  record Told(
      boolean goesOn,
      String resumed,
      long steps,
      List<String> notes,
      @Nullable TrainingDivergedException diverged)
      implements Serializable {

    private static final long serialVersionUID = 1;
  }

  @Override
  public Told slice(ContentFile dataset, Path folder, BooleanSupplier pause) {
    DifferentiableSearch search = search(dataset);
    Heard heard = new Heard();
    try {
      Optional<FoundArchitecture> found =
          search.run(
              Architectures.checkpoints(folder),
              THREADS,
              heard.watch(search),
              pause,
              folder.resolve(Architectures.FILE));
      found.ifPresent(FoundArchitecture::close);
      return heard.told(found.isEmpty(), null);
    } catch (TrainingDivergedException e) {
      // Without the sentence about a checkpoint, whose path is the worker's.
      return heard.told(
          false, e.getCause() instanceof TrainingDivergedException reason ? reason : e);
    }
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

  /** Gathers what a search tells during a slice. */
  private static final class Heard implements JobListener {

    private final List<String> notes = new ArrayList<>();
    private String resumed = "";
    private long steps;

    ArchitectureWatch watch(DifferentiableSearch search) {
      return new ArchitectureWatch(this, alphas -> {}, speed -> {}, search) {
        @Override
        public void resumed(Path checkpoint, long step) {
          // Each slice goes on from somewhere; the driver knows whether that is worth telling.
          resumed = resumedText(step);
        }
      };
    }

    @Override
    public void progress(Progress progress) {
      steps = progress.done();
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }

    Told told(boolean goesOn, @Nullable TrainingDivergedException diverged) {
      return new Told(goesOn, resumed, steps, List.copyOf(notes), diverged);
    }
  }
}
