package dev.espalier.bench.comparison;

import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.differentiable.DifferentiableSearch;
import dev.espalier.pruningnet.differentiable.FoundArchitecture;
import dev.espalier.pruningnet.differentiable.SearchSettings;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.search.cell.CellArchitectures;
import dev.espalier.search.job.NetworkSpec;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The searches of the comparison: sparse or dense, they have the same number of steps.
 *
 * @param space of the supernet
 * @param epochs of a sparse search; a dense one has as many, all of them dense
 * @param batch images per step, of each half
 * @param data images to search on
 * @param folder keeps checkpoints and what was found
 */
record CellSearch(
    CellArchitectures space,
    PhasedSettings.Epochs epochs,
    int batch,
    TrainingData data,
    Path folder) {

  /** So that a short search can come to a decision: ten times the published step. */
  private static final double ALPHA_RATE = 10 * SearchSettings.ALPHA_RATE;

  private static final int STEPS_BETWEEN_CHECKPOINTS = 50;

  /** The genotype that a search finds, now or in an earlier run. */
  String find(double kept, long seed) {
    Path own = folder.resolve("search-%s-%d".formatted(kept, seed));
    Path file = own.resolve("found.architecture");
    if (Files.exists(file)) {
      try (FoundArchitecture found = FoundArchitecture.load(file, space)) {
        return found.architecture().text();
      }
    }
    DifferentiableSearch search = new DifferentiableSearch(space, settings(kept, seed), data);
    try (FoundArchitecture found =
        search
            .run(
                new Checkpoints(own.resolve("checkpoints"), STEPS_BETWEEN_CHECKPOINTS),
                1,
                new Told(own.getFileName().toString()),
                () -> false,
                file)
            .orElseThrow()) {
      return found.architecture().text();
    }
  }

  private SearchSettings settings(double kept, long seed) {
    int all = epochs.pretrain() + epochs.prune() + epochs.fineTune();
    return new SearchSettings(
        new PhasedSettings(
            kept == 1 ? new PhasedSettings.Epochs(all, 0, 0) : epochs,
            PhasedSettings.Rates.PUBLISHED,
            batch,
            Budget.sparsity(space.supernet(), kept),
            Augmentation.STANDARD,
            MemoryFormat.CHANNELS_LAST,
            seed),
        ALPHA_RATE,
        NetworkSpec.Order.FIRST,
        SearchSettings.MOST_SKIPS);
  }
}
