package dev.espalier.pruningnet.scoring.finetuning;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.model.NetworkFile;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.NetworkScorer;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.Trainer;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.TrainingSettings;
import dev.espalier.pruningnet.training.step.Teaching;
import dev.espalier.pruningnet.training.trainee.NetworkTrainee;
import dev.espalier.search.job.PruningNetSpec;
import dev.espalier.search.network.Network;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Trains a structure by itself, from its generated weights: the pruned network learns its own
 * weights, batch norm its own scale and shift from 1 and 0. While it learns, batch norm uses the
 * statistics of each batch; at the end they are recalibrated as in any evaluation.
 *
 * @param net gives the weights to start from
 * @param data all images
 * @param splits how they are divided
 * @param settings of the training
 * @param protocol of the measurement afterwards
 * @param teaching what it learns from besides its images; open until the training ends
 */
public record FineTuning(
    PruningNet net,
    PackedDataset data,
    Splits splits,
    TrainingSettings settings,
    EvaluationProtocol protocol,
    Teaching teaching) {

  private static final int BATCH = 128;
  private static final double LEARNING_RATE = 0.05;
  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 5e-4;

  /** A short training on a cosine schedule. */
  public static TrainingSettings briefly(int epochs, long seed) {
    return new TrainingSettings(
        epochs,
        BATCH,
        LEARNING_RATE,
        PruningNetSpec.Schedule.COSINE,
        MOMENTUM,
        WEIGHT_DECAY,
        0,
        Augmentation.STANDARD,
        MemoryFormat.CHANNELS_LAST,
        seed);
  }

  /**
   * Trains and measures a structure, from the newest checkpoint if there is one, and leaves its
   * network in the file {@link #result}. Several may train side by side, one a thread.
   *
   * @param structure of the PruningNet's space
   * @param threads of the engine while it trains
   * @param checkpoints of this training alone
   * @param stop asked between two steps; true stops there, after a checkpoint
   * @return empty if it was stopped
   * @throws dev.espalier.pruningnet.training.TrainingDivergedException if the loss is no longer a
   *     number
   */
  public Optional<FineTuned> run(
      Structure structure,
      int threads,
      TrainingListener listener,
      Checkpoints checkpoints,
      BooleanSupplier stop) {
    Network pruned = net.space().apply(structure);
    try (NetworkTrainee trainee = trainee(pruned, structure)) {
      TrainingData images = TrainingData.of(data, splits);
      try (Trainer trainer = Trainer.of(trainee, images, settings, teaching, threads, listener)) {
        if (!trainer.train(checkpoints, stop)) {
          return Optional.empty();
        }
      }
      try (NetworkScorer scorer = NetworkScorer.of(pruned, data, splits, protocol);
          NetworkEvaluation evaluation = scorer.evaluation(pruned, trainee.weights())) {
        Statistics statistics = evaluation.recalibrate(() -> {});
        try (TrainedNetwork tuned = evaluation.trained(statistics, provenance(structure))) {
          NetworkFile.write(result(checkpoints), tuned);
        }
        return Optional.of(
            new FineTuned(
                structure,
                evaluation.answers(statistics, Split.SELECTION, () -> {}),
                evaluation.answers(statistics, Split.CONFIRMATION, () -> {}),
                evaluation.answers(statistics, Split.TEST, () -> {})));
      }
    }
  }

  /** Where a training that came to its end leaves its network, beside its checkpoints. */
  public static Path result(Checkpoints checkpoints) {
    return checkpoints.folder().resolve("tuned.network");
  }

  private SortedMap<String, String> provenance(Structure structure) {
    SortedMap<String, String> provenance = new TreeMap<>();
    provenance.put("weights", "trained by itself");
    provenance.put("structure", structure.toString());
    provenance.put("training", settings.toString());
    provenance.put("data", data.info().digest());
    if (!teaching.digest().isEmpty()) {
      provenance.put("teacher", teaching.digest());
    }
    return provenance;
  }

  private NetworkTrainee trainee(Network pruned, Structure structure) {
    try (NDManager scope = Torch.scope()) {
      return NetworkTrainee.of(pruned, net.weights(structure, scope));
    }
  }
}
