package dev.espalier.pruningnet.training.phases;

import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.Trainer;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.trainee.MaskedTrainee;
import dev.espalier.pruningnet.training.trainee.NetworkTrainee;
import dev.espalier.pruningnet.training.trainee.ScoreTrainee;
import dev.espalier.pruningnet.training.trainee.Trainee;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Trains any network to be sparse. The same network, settings, images and number of threads give
 * the same weights and scores, bit for bit, however often the training is stopped and resumed.
 *
 * @param settings of the phases
 * @param data images
 */
public record SparseTraining(PhasedSettings settings, TrainingData data) {

  /**
   * Trains to the end, from the newest checkpoint if there is one.
   *
   * @param network what it begins with, and what is learned
   * @param checkpoints of this training alone; each phase has a folder of its own among them, and
   *     all stay until the caller removes them
   * @param threads of the engine; a resumed phase keeps the number it began with
   * @param listener hears of all phases, one after the other
   * @param stop asked between two steps; true stops there, after a checkpoint
   * @return whether the training is finished
   * @throws dev.espalier.pruningnet.training.TrainingDivergedException if the loss is no longer a
   *     number
   */
  public boolean run(
      SparseNetwork network,
      Checkpoints checkpoints,
      int threads,
      TrainingListener listener,
      BooleanSupplier stop) {
    settings.sparsity().check(network.weights().network());
    for (Phase phase : settings.phases()) {
      if (settings.scoresByMagnitudeBefore(phase)) {
        network.scoreByMagnitude();
      }
      Trainee trainee = trainee(network, phase);
      try (Trainer trainer = Trainer.of(trainee, data, settings.of(phase), threads, listener)) {
        if (!trainer.train(checkpoints.part(phase.text()), stop)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Removes all checkpoints: the training is over and its result is safe. */
  public void delete(Checkpoints checkpoints) {
    List<Phase> phases = settings.phases();
    phases.forEach(phase -> checkpoints.part(phase.text()).delete());
  }

  private Trainee trainee(SparseNetwork network, Phase phase) {
    return switch (phase) {
      case PRETRAIN -> new NetworkTrainee(network.weights());
      case PRUNE -> new ScoreTrainee(network.weights(), network.scores(), settings.sparsity());
      case FINE_TUNE ->
          new MaskedTrainee(
              network.weights(), network.scores().masks(settings.sparsity(), network.memory()));
    };
  }
}
