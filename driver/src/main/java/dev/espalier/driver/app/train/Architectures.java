package dev.espalier.driver.app.train;

import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.file.Folders;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.differentiable.DifferentiableSearch;
import dev.espalier.pruningnet.differentiable.FoundArchitecture;
import dev.espalier.pruningnet.differentiable.SearchSettings;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.job.NetworkSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The architectures that a home has found, each in a folder named after the digest of its search:
 * what jobs can share is found once.
 */
public final class Architectures {

  static final String FILE = "found.architecture";
  private static final int STEPS_BETWEEN_CHECKPOINTS = 100;

  private final Path folder;
  private final JobMonitor monitor;
  private final BooleanSupplier stop;

  public Architectures(Path folder, JobMonitor monitor, BooleanSupplier stop) {
    this.folder = folder;
    this.monitor = monitor;
    this.stop = stop;
  }

  /** The search that a job asks for. */
  public static DifferentiableSearch search(
      ArchitectureSpace space, NetworkSpec.Differentiable asked, TrainingData data) {
    return new DifferentiableSearch(
        space,
        new SearchSettings(
            new PhasedSettings(
                new PhasedSettings.Epochs(asked.pretrain(), asked.prune(), asked.fineTune()),
                new PhasedSettings.Rates(asked.rates().weights(), asked.rates().scores()),
                asked.batch(),
                Sparsity.of(Granularity.valueOf(asked.granularity().name()), asked.kept() / 100),
                Augmentation.STANDARD,
                MemoryFormat.CHANNELS_LAST,
                asked.seed()),
            asked.rates().alphas(),
            SearchSettings.Order.valueOf(asked.order().name()),
            asked.mostSkips()),
        data);
  }

  /**
   * The text of the architecture that a search finds, from wherever an earlier run was; empty if
   * asked to stop.
   */
  public Optional<String> find(DifferentiableSearch search) {
    Path own = Folders.make(folder.resolve(search.digest()));
    Path file = own.resolve(FILE);
    Optional<ProcessLock> lock =
        ProcessLock.await(
            own.resolve("lock"),
            stop,
            () -> monitor.note("Waiting: another job finds this architecture"));
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try (ProcessLock mine = lock.get()) {
      if (Files.exists(file)) {
        monitor.note("Reusing the architecture %s, found before".formatted(name(search)));
        try (FoundArchitecture found = FoundArchitecture.load(file, search.space())) {
          return Optional.of(found.architecture().text());
        }
      }
      return findInTurn(search, own);
    }
  }

  private Optional<String> findInTurn(DifferentiableSearch search, Path own) {
    Optional<TrainingTurn> turn = TrainingTurn.await(monitor, stop);
    if (turn.isEmpty()) {
      return Optional.empty();
    }
    monitor.stage(
        Stage.FINDING,
        "Finding an architecture with PR-DARTS (%s): %d images"
            .formatted(name(search), search.data().images().length));
    try (TrainingTurn mine = turn.get()) {
      Optional<FoundArchitecture> found =
          search.run(
              new Checkpoints(own.resolve("checkpoints"), STEPS_BETWEEN_CHECKPOINTS),
              Runtime.getRuntime().availableProcessors(),
              new ArchitectureWatch(monitor, search),
              stop,
              own.resolve(FILE));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try (FoundArchitecture one = found.get()) {
        return Optional.of(one.architecture().text());
      }
    }
  }

  private static String name(DifferentiableSearch search) {
    return search.digest().substring(0, 12);
  }
}
