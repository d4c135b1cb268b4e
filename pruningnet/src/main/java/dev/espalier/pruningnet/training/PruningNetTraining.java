package dev.espalier.pruningnet.training;

import dev.espalier.pruningnet.meta.Provenance;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.meta.SpaceDigest;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.training.trainee.PruningNetTrainee;
import dev.espalier.pruningnet.training.trainee.Trainee;
import dev.espalier.search.digest.Sha256;
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
    String alone = Trainer.digest(trainee, data, settings());
    PruningNetSpec.Training training = spec.training();
    return training.workers() == 1
        ? alone
        : Sha256.of(
            "%s workers %d averageEvery %d"
                .formatted(alone, training.workers(), training.averageEvery()));
  }

  /** How it is trained. */
  public TrainingSettings settings() {
    return TrainingSettings.of(spec);
  }

  /**
   * The steps of its workers.
   *
   * @throws dev.espalier.search.job.BadInputException if they have too few images
   */
  public Course course() {
    return Course.of(data, settings(), spec.training().workers());
  }

  /** The PruningNet before the first step. */
  public PruningNet untrained() {
    return PruningNet.untrained(space, spec.hidden(), streams().part("parameters"));
  }

  /**
   * A PruningNet as a worker trains it.
   *
   * @param net {@link #untrained()}, or a replica
   * @param worker from 0; each draws structures of its own, and all follow the sandwich rule in the
   *     same steps, so that none waits for another one's widest structure
   */
  public Trainee trainee(PruningNet net, int worker) {
    RandomStreams structures = streams().part("structures");
    return new PruningNetTrainee(
        net,
        spec.sandwich(),
        spec.distillation(),
        spec.training().workers() == 1 ? structures : structures.part("worker-" + worker));
  }

  /**
   * A trainer of a PruningNet with one worker, on the calling thread.
   *
   * @param net {@link #untrained()}; must be open until the training ends
   * @param threads of the engine
   */
  public Trainer trainer(PruningNet net, int threads, TrainingListener listener) {
    return Trainer.of(trainee(net, 0), data, settings(), threads, listener);
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
