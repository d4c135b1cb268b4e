package dev.espalier.pruningnet.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Masks;
import dev.espalier.pruningnet.sparse.Scores;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.trainee.MaskedTrainee;
import dev.espalier.pruningnet.training.trainee.NetworkTrainee;
import dev.espalier.pruningnet.training.trainee.ScoreTrainee;
import dev.espalier.pruningnet.training.trainee.Trainee;
import dev.espalier.search.job.PruningNetSpec;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskedTrainingTest {

  private static final Network NETWORK = TinyNetworks.residual();
  private static final Sparsity SPARSITY = Sparsity.of(Granularity.WEIGHT, 0.2);

  @TempDir Path folder;

  @Test
  void train_denseThenScoresThenMasked_learnsASparseNetwork() {
    TrainingData data = ColouredImages.of(folder, 64);
    try (NetworkTrainee dense = NetworkTrainee.untrained(NETWORK, new RandomStreams(1));
        NDManager memory = Torch.scope()) {
      double learned = train(dense, data, 0.1, 10);
      Scores scores = Scores.ofMagnitudes(NETWORK, Granularity.WEIGHT, dense.weights(), memory);
      String before = Parameter.digest(dense.parameters());
      Masks first = scores.masks(SPARSITY, memory);

      double pruned = train(new ScoreTrainee(dense.model(), scores, SPARSITY), data, 0.1, 15);
      assertThat(Parameter.digest(dense.parameters())).isEqualTo(before);
      Masks masks = scores.masks(SPARSITY, memory);
      assertThat(masks.digest()).isNotEqualTo(first.digest());

      double tuned = train(new MaskedTrainee(dense.model(), masks), data, 0.1, 15);
      assertThat(learned).isLessThan(1.0);
      assertThat(pruned).isLessThan(1.3);
      assertThat(tuned).isLessThan(0.9).isLessThan(pruned);
      // Neither of both trainings leaves arrays behind in the scope of masks and scores.
      assertThat(memory.getManagedArrays()).hasSize(3 * masks.layers().size());
      for (Node node : NETWORK.layersWithWeights()) {
        float[] kept = Objects.requireNonNull(masks.layers().get(node.index())).toFloatArray();
        float[] weights = masks.apply(dense.weights(), memory).of(node).weight().toFloatArray();
        for (int i = 0; i < kept.length; i++) {
          assertThat(weights[i] != 0).isEqualTo(kept[i] == 1);
        }
      }
    }
  }

  @Test
  void train_ofScores_resumed_isBitForBitTheUnbrokenRun() {
    TrainingData data = ColouredImages.of(folder, 50);
    String unbroken = trainScores(data, () -> false, "unbroken");
    int[] asked = {0};
    trainScores(data, () -> asked[0]++ == 4, "stopped");
    assertThat(trainScores(data, () -> false, "stopped")).isEqualTo(unbroken);
  }

  private String trainScores(TrainingData data, BooleanSupplier stop, String name) {
    try (NetworkTrainee dense = NetworkTrainee.untrained(NETWORK, new RandomStreams(1));
        NDManager memory = Torch.scope()) {
      Scores scores = Scores.ofMagnitudes(NETWORK, Granularity.WEIGHT, dense.weights(), memory);
      Trainee trainee = new ScoreTrainee(dense.model(), scores, SPARSITY);
      try (Trainer trainer =
          Trainer.of(trainee, data, settings(0.1, 2), 1, TrainingListener.SILENT)) {
        trainer.train(new Checkpoints(folder.resolve(name), 2), stop);
        return Parameter.digest(scores.parameters());
      }
    }
  }

  /** The loss of the last epoch. */
  private static double train(Trainee trainee, TrainingData data, double rate, int epochs) {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(Epoch epoch) {
            losses.add(epoch.loss());
          }
        };
    try (Trainer trainer = Trainer.of(trainee, data, settings(rate, epochs), 1, listener)) {
      trainer.train();
    }
    return losses.get(losses.size() - 1);
  }

  private static TrainingSettings settings(double rate, int epochs) {
    return new TrainingSettings(
        epochs,
        16,
        rate,
        PruningNetSpec.Schedule.COSINE,
        0.9,
        0,
        0,
        Augmentation.NONE,
        MemoryFormat.CHANNELS_LAST,
        7);
  }
}
