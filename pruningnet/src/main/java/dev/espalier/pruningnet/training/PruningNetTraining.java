package dev.espalier.pruningnet.training;

import dev.espalier.pruningnet.meta.Provenance;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.meta.SpaceDigest;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.training.trainee.PruningNetTrainee;
import dev.espalier.search.job.PruningNetSpec;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.SearchSpace;
import java.nio.file.Path;

/**
 * The training of a job's PruningNet, from its specification to its file. Jobs with equal {@link
 * #digest()} share one PruningNet.
 *
 * @param space the structures to serve
 * @param spec settings
 * @param data images
 */
public record PruningNetTraining(SearchSpace space, PruningNetSpec spec, TrainingData data) {

  /** SHA-256 of network, space, settings and images: what decides which PruningNet comes out. */
  public String digest() {
    String trainee =
        PruningNetTrainee.digest(space, spec.hidden(), spec.sandwich(), spec.distillation());
    return Trainer.digest(trainee, data, TrainingSettings.of(spec));
  }

  /** The PruningNet before the first step. */
  public PruningNet untrained() {
    return PruningNet.untrained(space, spec.hidden(), streams().part("parameters"));
  }

  /**
   * A trainer of a PruningNet.
   *
   * @param net {@link #untrained()}; must be open until the training ends
   * @param threads of the engine
   */
  public Trainer trainer(PruningNet net, int threads, TrainingListener listener) {
    PruningNetTrainee trainee =
        new PruningNetTrainee(
            net, spec.sandwich(), spec.distillation(), streams().part("structures"));
    return new Trainer(trainee, data, TrainingSettings.of(spec), threads, listener);
  }

  /** Writes a PruningNet whose training is finished. */
  public TrainedPruningNet save(PruningNet net, Path file) {
    return TrainedPruningNet.save(
        net,
        new Provenance(
            space.network().name(),
            SpaceDigest.of(space),
            spec.hidden(),
            data.dataset().info().name(),
            data.dataset().info().digest(),
            digest(),
            spec.toString(),
            spec.seed(),
            spec.epochs()),
        file);
  }

  private RandomStreams streams() {
    return new RandomStreams(spec.seed());
  }
}
