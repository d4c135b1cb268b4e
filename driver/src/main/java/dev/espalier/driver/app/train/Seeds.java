package dev.espalier.driver.app.train;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.together.MadeOnce;
import dev.espalier.driver.app.together.SideBySide;
import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.spark.slice.SparkSlices;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.differentiable.DifferentiableSearch;
import dev.espalier.pruningnet.differentiable.FoundArchitecture;
import dev.espalier.pruningnet.scoring.Answers;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.sparse.SparseMeasurement;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.search.job.EvaluationSpec;
import dev.espalier.search.job.JobSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Searches of a job that differ in their seed, side by side on its workers. The one whose sparse
 * network is best on the selection split goes on.
 *
 * @param spec the job
 * @param images of the job
 * @param monitor of the job
 * @param stop asks to stop
 */
record Seeds(JobSpec spec, Images images, JobMonitor monitor, BooleanSupplier stop) {

  /** Of a job that leaves the choice to a measurement, which needs its PruningNet. */
  private static final int SCORING_BATCH = 100;

  /**
   * One search.
   *
   * @param number its seed
   * @param search what is to be found
   * @param file where it is kept
   * @param made has it found once for all jobs
   */
  record Seed(long number, DifferentiableSearch search, Path file, MadeOnce made) {}

  /**
   * What a search has found.
   *
   * @param seed of the search
   * @param file of what it found
   * @param score of its sparse network on the selection split
   */
  record Measured(long seed, Path file, ShardScore score) {

    /** The one with most images correct; of equal ones that with the lowest seed. */
    static Measured best(List<Measured> all) {
      return all.stream()
          .max(
              Comparator.comparingLong((Measured measured) -> measured.score().correct())
                  .thenComparing(Comparator.comparingLong(Measured::seed).reversed()))
          .orElseThrow();
    }
  }

  /**
   * The file of the best architecture, from wherever earlier runs were; empty if asked to stop.
   *
   * @param workers opened if a search is not at its end yet
   * @throws dev.espalier.pruningnet.training.TrainingDivergedException if all searches diverge
   */
  Optional<Path> find(List<Seed> seeds, Supplier<SparkSlices> workers) {
    boolean found =
        MadeOnce.findOrMake(
            seeds.stream().map(Seed::made).toList(),
            monitor,
            stop,
            missing ->
                search(
                    seeds.stream().filter(seed -> missing.contains(seed.made())).toList(),
                    seeds.size() - missing.size(),
                    workers));
    if (!found) {
      return Optional.empty();
    }
    try {
      return Optional.of(best(seeds));
    } catch (CancellationException e) {
      return Optional.empty();
    }
  }

  private boolean search(List<Seed> seeds, int kept, Supplier<SparkSlices> workers) {
    monitor.stage(
        Stage.FINDING,
        "Finding an architecture with PR-DARTS (seeds %s side by side): %d images"
            .formatted(seeds.stream().map(Seed::number).toList(), images.size(Split.TRAIN)));
    String job = JobFile.canonical(spec);
    List<SideBySide.Run> runs =
        seeds.stream()
            .map(
                seed ->
                    new SideBySide.Run(
                        "seed " + seed.number(),
                        new SeedRun(job, seed.number()),
                        seed.made().folder()))
            .toList();
    try (SparkSlices slices = workers.get()) {
      return new SideBySide("seeds", monitor, stop)
          .run(runs, kept, ArchitectureWatch.steps(seeds.get(0).search()), slices)
          .finished();
    }
  }

  /** Chooses on the split that chooses structures; those that publish figures are left alone. */
  private Path best(List<Seed> seeds) {
    List<Measured> all = new ArrayList<>();
    for (Seed seed : seeds) {
      if (Files.exists(seed.file())) {
        Measured measured = measure(seed);
        all.add(measured);
        monitor.note(
            "  seed %d: %d of %d selection images correct"
                .formatted(seed.number(), measured.score().correct(), measured.score().images()));
      }
    }
    Measured best = Measured.best(all);
    monitor.note("Seed %d goes on, the best of %d".formatted(best.seed(), all.size()));
    return best.file();
  }

  private Measured measure(Seed seed) {
    try (FoundArchitecture found = FoundArchitecture.load(seed.file(), seed.search().space())) {
      Map<Split, Answers> answers =
          new SparseMeasurement(images.dataset(), images.splits(), protocol())
              .of(found.network(), searched(seed), Set.of(Split.SELECTION), this::refuseToGoOn);
      return new Measured(
          seed.number(), seed.file(), Objects.requireNonNull(answers.get(Split.SELECTION)).score());
    }
  }

  /** The sparsity that was searched for: without masks in any phase, that of a dense network. */
  private static Sparsity searched(Seed seed) {
    PhasedSettings settings = seed.search().settings().phases();
    return settings.epochs().prune() + settings.epochs().fineTune() == 0
        ? Sparsity.of(settings.sparsity().granularity(), 1)
        : settings.sparsity();
  }

  private EvaluationProtocol protocol() {
    EvaluationSpec asked = spec.evaluation();
    int batch = asked.batch() == 0 ? SCORING_BATCH : asked.batch();
    return EvaluationProtocol.here(
        asked.recalibrationImages(), batch, batch, asked.shard(), MemoryFormat.CHANNELS_LAST);
  }

  private void refuseToGoOn() {
    if (stop.getAsBoolean()) {
      throw new CancellationException("asked to stop");
    }
  }
}
