package dev.espalier.driver.app.train;

import dev.espalier.driver.app.plan.FirstStructures;
import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.driver.app.together.MadeOnce;
import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.spark.slice.SparkSlices;
import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.differentiable.DifferentiableSearch;
import dev.espalier.pruningnet.differentiable.FoundArchitecture;
import dev.espalier.pruningnet.differentiable.SearchSettings;
import dev.espalier.pruningnet.sparse.ErdosRenyiKernel;
import dev.espalier.pruningnet.sparse.GlobalSparsity;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.job.NetworkSpec;
import dev.espalier.search.network.Network;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The architectures that a home has found, each in a folder named after the digest of its search:
 * what jobs can share is found once.
 */
public final class Architectures {

  static final String FILE = "found.architecture";
  private static final int STEPS_BETWEEN_CHECKPOINTS = 100;

  /**
   * What a job goes on with.
   *
   * @param architecture the choices, as text
   * @param first structures to try first, by their genes: what the scores say
   */
  public record Found(String architecture, List<String> first) {

    /** Copies the structures. */
    public Found {
      first = List.copyOf(first);
    }
  }

  private final Path folder;
  private final JobMonitor monitor;
  private final BooleanSupplier stop;

  public Architectures(Path folder, JobMonitor monitor, BooleanSupplier stop) {
    this.folder = folder;
    this.monitor = monitor;
    this.stop = stop;
  }

  /** The search that a job asks for. */
  static DifferentiableSearch search(
      ArchitectureSpace space, NetworkSpec.Differentiable asked, TrainingData data) {
    return new DifferentiableSearch(
        space,
        new SearchSettings(
            new PhasedSettings(
                new PhasedSettings.Epochs(asked.pretrain(), asked.prune(), asked.fineTune()),
                new PhasedSettings.Rates(asked.rates().weights(), asked.rates().scores()),
                asked.batch(),
                sparsity(space.supernet(), asked),
                Augmentation.STANDARD,
                MemoryFormat.CHANNELS_LAST,
                asked.seed()),
            asked.rates().alphas(),
            asked.order(),
            asked.mostSkips()),
        data);
  }

  private static Sparsity sparsity(Network supernet, NetworkSpec.Differentiable asked) {
    Granularity granularity = Granularity.valueOf(asked.granularity().name());
    double kept = asked.kept() / 100;
    return switch (asked.spread()) {
      case EVEN -> Sparsity.of(granularity, kept);
      case ERK -> ErdosRenyiKernel.of(supernet, granularity, kept);
    };
  }

  /**
   * What a job's search finds, or the best of its searches; empty if asked to stop.
   *
   * @param images of the job
   * @param workers opens the job's workers, for several searches side by side
   */
  public Optional<Found> find(JobSpec spec, Images images, Supplier<SparkSlices> workers) {
    ArchitectureSpace space = Networks.space(spec.network(), images.dataset().info()).orElseThrow();
    NetworkSpec.Differentiable asked = spec.network().differentiable();
    TrainingData data = images.trainingData();
    if (asked.seeds() == 1) {
      return find(search(space, asked, data)).map(file -> found(spec, images, space, file));
    }
    List<Seeds.Seed> seeds = new ArrayList<>();
    for (long seed : asked.allSeeds()) {
      DifferentiableSearch search = search(space, asked.only(seed), data);
      Path file = file(search);
      seeds.add(new Seeds.Seed(seed, search, file, made(search, file)));
    }
    return new Seeds(spec, images, monitor, stop)
        .find(seeds, workers)
        .map(file -> found(spec, images, space, file));
  }

  /** The file of what a search finds, from wherever an earlier run was; empty if asked to stop. */
  private Optional<Path> find(DifferentiableSearch search) {
    Path file = file(search);
    return made(search, file).findOrMake(monitor, stop, () -> find(search, file))
        ? Optional.of(file)
        : Optional.empty();
  }

  private boolean find(DifferentiableSearch search, Path file) {
    monitor.stage(
        Stage.FINDING,
        "Finding an architecture with PR-DARTS (%s): %d images"
            .formatted(name(search), search.data().images().length));
    Optional<FoundArchitecture> found =
        search.run(
            checkpoints(file.resolveSibling(".").normalize()),
            Runtime.getRuntime().availableProcessors(),
            new ArchitectureWatch(
                monitor, monitor.metrics()::alphas, monitor.metrics()::trainingSpeed, search),
            stop,
            file);
    found.ifPresent(FoundArchitecture::close);
    return found.isPresent();
  }

  /** The checkpoints of a search beside its file. */
  static Checkpoints checkpoints(Path folder) {
    return new Checkpoints(folder.resolve("checkpoints"), STEPS_BETWEEN_CHECKPOINTS);
  }

  private Path file(DifferentiableSearch search) {
    return folder.resolve(search.digest()).resolve(FILE);
  }

  /** What is searched once for all jobs. */
  private static MadeOnce made(DifferentiableSearch search, Path file) {
    return MadeOnce.ofFile(
        file,
        "Reusing the architecture %s, found before".formatted(name(search)),
        "Waiting: another job finds this architecture");
  }

  private static Found found(JobSpec spec, Images images, ArchitectureSpace space, Path file) {
    try (FoundArchitecture found = FoundArchitecture.load(file, space)) {
      String text = found.architecture().text();
      JobPlan plan = JobPlan.of(spec.withArchitecture(text, List.of()), images.dataset().info());
      Network network = plan.space().network();
      List<Structure> first =
          FirstStructures.of(
              plan, kept -> GlobalSparsity.of(network, found.network().scores(), kept));
      return new Found(text, first.stream().map(Structure::toString).toList());
    }
  }

  private static String name(DifferentiableSearch search) {
    return search.digest().substring(0, 12);
  }
}
