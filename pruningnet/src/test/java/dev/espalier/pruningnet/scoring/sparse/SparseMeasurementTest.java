package dev.espalier.pruningnet.scoring.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.scoring.Answers;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.NetworkScorer;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.TinyProblem;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.pruningnet.training.phases.SparseNetwork;
import dev.espalier.pruningnet.training.phases.SparseTraining;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseMeasurementTest {

  private static final Network NETWORK = TinyNetworks.residual();
  private static final Sparsity SPARSITY = Sparsity.of(Granularity.WEIGHT, 0.2);
  private static final Set<Split> ASKED = Set.of(Split.SELECTION, Split.TEST);

  @TempDir Path folder;
  private PackedDataset data;
  private Splits splits;
  private SparseMeasurement measurement;

  @BeforeEach
  void makeImages() {
    data = TinyProblem.images(folder);
    splits = TinyProblem.splits(data);
    measurement = new SparseMeasurement(data, splits, TinyProblem.protocol());
  }

  @Test
  void of_aTrainedNetwork_isWhatItsKeptWeightsKnow() {
    try (SparseNetwork network = untrained()) {
      double before = accuracy(measurement.of(network, SPARSITY, ASKED, () -> {}));
      PhasedSettings settings =
          new PhasedSettings(
              new PhasedSettings.Epochs(2, 2, 2),
              new PhasedSettings.Rates(0.05, 0.1),
              64,
              SPARSITY,
              Augmentation.NONE,
              MemoryFormat.CHANNELS_LAST,
              1);
      new SparseTraining(settings, TrainingData.of(data, splits))
          .run(
              network,
              new Checkpoints(folder.resolve("checkpoints"), 1000),
              1,
              TrainingListener.SILENT,
              () -> false);
      String trained = Parameter.digest(network.parameters());
      Map<Split, Answers> after = measurement.of(network, SPARSITY, ASKED, () -> {});

      assertThat(after).containsOnlyKeys(ASKED);
      assertThat(accuracy(after)).isGreaterThan(before + 0.2);
      assertThat(Parameter.digest(network.parameters())).isEqualTo(trained);
      assertThat(measurement.of(network, SPARSITY, ASKED, () -> {})).isEqualTo(after);
      // Masks take part: with one weight a layer there is little left.
      Sparsity almostNothing = Sparsity.of(Granularity.WEIGHT, 1e-9);
      assertThat(accuracy(measurement.of(network, almostNothing, ASKED, () -> {})))
          .isLessThan(accuracy(after) - 0.2);
    }
  }

  @Test
  void of_everythingKept_isTheMeasurementOfThePlainNetwork() {
    try (SparseNetwork network = untrained();
        NetworkScorer scorer = NetworkScorer.of(NETWORK, data, splits, TinyProblem.protocol());
        NetworkEvaluation plain = scorer.evaluation(NETWORK, network.weights().weights())) {
      Answers expected = plain.answers(plain.recalibrate(() -> {}), Split.TEST, () -> {});

      assertThat(
              measurement.of(
                  network, Sparsity.of(Granularity.WEIGHT, 1), Set.of(Split.TEST), () -> {}))
          .containsOnly(Map.entry(Split.TEST, expected));
    }
  }

  private static SparseNetwork untrained() {
    return SparseNetwork.untrained(NETWORK, Granularity.WEIGHT, new RandomStreams(1));
  }

  private static double accuracy(Map<Split, Answers> answers) {
    return answers.values().stream()
        .map(Answers::score)
        .mapToDouble((ShardScore score) -> (double) score.correct() / score.images())
        .average()
        .orElseThrow();
  }
}
