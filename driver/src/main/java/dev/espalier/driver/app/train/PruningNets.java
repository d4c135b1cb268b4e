package dev.espalier.driver.app.train;

import dev.espalier.driver.app.together.MadeOnce;
import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.data.SharedNets;
import dev.espalier.driver.service.store.Store;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.pruningnet.training.Trainer;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.parallel.ParallelTraining;
import dev.espalier.pruningnet.training.parallel.Replicas;
import dev.espalier.search.digest.Sha256;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The trained PruningNets of a home, each in a folder named after the digest of its training: what
 * jobs can share is trained once.
 */
public final class PruningNets {

  static final String FILE = "net.pruningnet";
  private static final int STEPS_BETWEEN_CHECKPOINTS = 200;

  private final Path folder;
  private final JobMonitor monitor;
  private final BooleanSupplier stop;

  public PruningNets(Path folder, JobMonitor monitor, BooleanSupplier stop) {
    this.folder = folder;
    this.monitor = monitor;
    this.stop = stop;
  }

  /**
   * Where a home keeps the PruningNets of jobs of a store: those of a store that homes share are
   * apart from its own, as they may have other bits.
   */
  public static Path folder(Home home, Store store) {
    return store.pruningNets().isEmpty()
        ? home.pruningNets()
        : home.root()
            .resolve("stores")
            .resolve(Sha256.of(store.place()).substring(0, 12))
            .resolve("pruningnets");
  }

  /** The file of a PruningNet in a home, brought there from the store that homes share, if any. */
  public static Path fetched(Home home, Store store, PruningNetTraining training) {
    Path file = file(folder(home, store), training);
    store.pruningNets().ifPresent(nets -> new SharedNets(nets).fetch(training.digest(), file));
    return file;
  }

  /** Where the PruningNet of a training lies, or will lie. */
  public static Path file(Path folder, PruningNetTraining training) {
    return folder.resolve(training.digest()).resolve(FILE);
  }

  /**
   * The PruningNet of a training, trained now if it is not there yet, from wherever an earlier run
   * was; empty if asked to stop.
   *
   * @param accuracy measures a PruningNet while it is trained
   * @param replicas opens the replicas of a training that has several workers
   */
  public Optional<Path> findOrTrain(
      PruningNetTraining training, EpochAccuracy accuracy, Supplier<Replicas> replicas) {
    Path file = file(folder, training);
    MadeOnce net =
        MadeOnce.ofFile(
            file,
            "Reusing the PruningNet %s, trained before".formatted(name(training)),
            "Waiting: another job trains this PruningNet");
    return net.findOrMake(monitor, stop, () -> train(training, accuracy, replicas, net.folder()))
        ? Optional.of(file)
        : Optional.empty();
  }

  private boolean train(
      PruningNetTraining training, EpochAccuracy accuracy, Supplier<Replicas> replicas, Path own) {
    int images = training.data().images().length;
    int workers = training.spec().training().workers();
    monitor.stage(
        Stage.TRAINING,
        "Training the PruningNet %s: %d epochs of %d images%s"
            .formatted(
                name(training),
                training.spec().epochs(),
                images,
                workers == 1 ? "" : ", on %d workers".formatted(workers)));
    Checkpoints checkpoints =
        new Checkpoints(own.resolve("checkpoints"), STEPS_BETWEEN_CHECKPOINTS);
    try (PruningNet net = training.untrained();
        Trainer trainer =
            trainer(
                training, net, replicas, new TrainingWatch(monitor, () -> accuracy.measure(net)))) {
      if (!trainer.train(checkpoints, stop)) {
        return false;
      }
      training.save(net, own.resolve(FILE));
      checkpoints.delete();
      return true;
    }
  }

  private static Trainer trainer(
      PruningNetTraining training,
      PruningNet net,
      Supplier<Replicas> replicas,
      TrainingListener listener) {
    if (training.spec().training().workers() > 1) {
      return ParallelTraining.trainer(training, net, replicas.get(), listener);
    }
    return training.trainer(net, Runtime.getRuntime().availableProcessors(), listener);
  }

  private static String name(PruningNetTraining training) {
    return training.digest().substring(0, 12);
  }
}
