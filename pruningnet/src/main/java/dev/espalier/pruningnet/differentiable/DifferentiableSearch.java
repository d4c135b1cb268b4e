package dev.espalier.pruningnet.differentiable;

import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.Course;
import dev.espalier.pruningnet.training.Trainer;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import dev.espalier.pruningnet.training.phases.Phase;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.search.architecture.Alphas;
import dev.espalier.search.architecture.Architecture;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.random.RandomStreams;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A search for an architecture and its masks, from "DASS: Differentiable Architecture Search for
 * Sparse Neural Networks" (2023). The same space, settings, images and number of threads give the
 * same file, bit for bit, however often the search is stopped and resumed.
 *
 * @param space the architectures
 * @param settings of the search
 * @param data images; one half teaches weights and scores, the other one the alphas
 */
public record DifferentiableSearch(
    ArchitectureSpace space, SearchSettings settings, TrainingData data) {

  /** SHA-256 of supernet, settings and images: what decides which architecture comes out. */
  public String digest() {
    return Sha256.of(
        "differentiable %s %s %s".formatted(space.supernet().digest(), settings, data.digest()));
  }

  /**
   * The steps of a phase, for progress; a phase without epochs has none.
   *
   * @throws dev.espalier.search.job.BadInputException if there are too few images for two halves
   */
  public long steps(Phase phase) {
    return settings.phases().epochs().of(phase) == 0 ? 0 : course(phase, halves()).steps();
  }

  /**
   * Searches to the end, from the newest checkpoint if there is one. When the file is safe, the
   * checkpoints are removed.
   *
   * @param checkpoints of this search alone; each phase has a folder of its own among them
   * @param threads of the engine; a resumed phase keeps the number it began with
   * @param stop asked between two steps; true stops there, after a checkpoint
   * @param file is written at the end
   * @return empty if it was stopped; to be closed
   * @throws TrainingDivergedException if a loss or an alpha is no longer a number; the message
   *     names the last good checkpoint
   */
  public Optional<FoundArchitecture> run(
      Checkpoints checkpoints,
      int threads,
      ArchitectureListener listener,
      BooleanSupplier stop,
      Path file) {
    try (SearchedModel model = SearchedModel.untrained(space, settings)) {
      for (Phase phase : phases().phases()) {
        listener.phase(phase);
        try (Trainer trainer = trainer(phase, model, threads, listener)) {
          if (!trainer.train(checkpoints.part(phase.text()), stop)) {
            return Optional.empty();
          }
        } catch (TrainingDivergedException e) {
          throw new TrainingDivergedException(e, lastGood(checkpoints, phase));
        }
      }
      if (phases().epochs().prune() + phases().epochs().fineTune() == 0) {
        model.supernet().scoreByMagnitude();
      }
      FoundArchitecture found = save(model, file);
      phases().phases().forEach(phase -> checkpoints.part(phase.text()).delete());
      return Optional.of(found);
    }
  }

  private Trainer trainer(
      Phase phase, SearchedModel model, int threads, ArchitectureListener listener) {
    if (phases().scoresByMagnitudeBefore(phase)) {
      model.supernet().scoreByMagnitude();
    }
    List<TrainingData> halves = halves();
    Course course = course(phase, halves);
    BilevelLearner learner =
        new BilevelLearner(
            model,
            phase,
            settings,
            halves,
            course,
            epoch -> listener.decided(decision(model, phase, epoch)));
    String digest = Sha256.of(digest() + " " + phase);
    return new Trainer(learner, digest, course, phases().of(phase), threads, listener);
  }

  /** A sentence that names the last checkpoint before a phase diverged. */
  private static String lastGood(Checkpoints checkpoints, Phase diverged) {
    return Arrays.stream(Phase.values())
        .filter(phase -> phase.compareTo(diverged) <= 0)
        .flatMap(phase -> checkpoints.part(phase.text()).newest().stream())
        .reduce((earlier, later) -> later)
        .map("The search has stopped; its last good checkpoint is %s."::formatted)
        .orElse("The search has stopped, before its first checkpoint.");
  }

  private ArchitectureListener.Decision decision(SearchedModel model, Phase phase, int epoch) {
    Alphas alphas = model.supernet().weights().alphas();
    return new ArchitectureListener.Decision(
        phase, epoch, alphas, space.decide(alphas), model.guard().hasStopped());
  }

  private FoundArchitecture save(SearchedModel model, Path file) {
    Architecture architecture = space.decide(model.supernet().weights().alphas());
    SearchProvenance provenance =
        new SearchProvenance(
            architecture.text(),
            space.supernet().digest(),
            phases().sparsity().granularity(),
            data.dataset().info().name(),
            data.dataset().info().digest(),
            digest(),
            settings.toString(),
            phases().seed());
    return FoundArchitecture.save(architecture, model.supernet(), provenance, file);
  }

  private PhasedSettings phases() {
    return settings.phases();
  }

  private List<TrainingData> halves() {
    return data.halves(new RandomStreams(phases().seed()));
  }

  private Course course(Phase phase, List<TrainingData> halves) {
    return Course.of(halves.get(0), phases().of(phase), 1);
  }
}
