package dev.espalier.pruningnet.training.phases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.ColouredImages;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseTrainingTest {

  private static final Network NETWORK = TinyNetworks.residual();

  @TempDir Path folder;

  @Test
  void run_stoppedInEveryStep_isBitForBitTheUnbrokenRun() {
    String unbroken = digest("unbroken", () -> false).orElseThrow();
    Optional<String> found = Optional.empty();
    for (int runs = 0; found.isEmpty(); runs++) {
      assertThat(runs).isLessThan(15);
      int[] asked = {0};
      found = digest("stopped", () -> asked[0]++ == 1);
    }
    assertThat(found).contains(unbroken);
  }

  @Test
  void run_withoutAPrunePhase_keepsTheLargestPretrainedWeights() {
    TrainingData data = ColouredImages.of(folder, 48);
    try (SparseNetwork network =
            SparseNetwork.untrained(NETWORK, Granularity.WEIGHT, new RandomStreams(1));
        SparseNetwork pretrained =
            SparseNetwork.untrained(NETWORK, Granularity.WEIGHT, new RandomStreams(1))) {
      new SparseTraining(settings(1, 0, 0), data)
          .run(pretrained, checkpoints("a"), 1, TrainingListener.SILENT, () -> false);
      pretrained.scoreByMagnitude();
      new SparseTraining(settings(1, 0, 1), data)
          .run(network, checkpoints("b"), 1, TrainingListener.SILENT, () -> false);

      assertThat(Parameter.digest(network.scores().parameters()))
          .isEqualTo(Parameter.digest(pretrained.scores().parameters()));
      assertThat(Parameter.digest(network.weights().weightParameters()))
          .isNotEqualTo(Parameter.digest(pretrained.weights().weightParameters()));
    }
  }

  @Test
  void run_ofFineTuningAlone_keepsTheScoresThatWereGiven() {
    TrainingData data = ColouredImages.of(folder, 48);
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(Epoch epoch) {
            losses.add(epoch.loss());
          }
        };
    try (SparseNetwork network =
        SparseNetwork.untrained(NETWORK, Granularity.WEIGHT, new RandomStreams(1))) {
      String given = Parameter.digest(network.scores().parameters());
      SparseTraining training = new SparseTraining(settings(0, 0, 15), data);
      Checkpoints checkpoints = checkpoints("tuned");
      assertThat(training.run(network, checkpoints, 1, listener, () -> false)).isTrue();

      assertThat(Parameter.digest(network.scores().parameters())).isEqualTo(given);
      assertThat(losses).hasSize(15);
      assertThat(losses.get(14)).isLessThan(0.9 * losses.get(0));
      assertThat(checkpoints.part("fine-tune").newest()).isPresent();
      training.delete(checkpoints);
      assertThat(checkpoints.part("fine-tune").newest()).isEmpty();
    }
  }

  @Test
  void run_withALayerThatIsNotThere_isRefused() {
    TrainingData data = ColouredImages.of(folder, 48);
    PhasedSettings usual = settings(1, 1, 1);
    PhasedSettings settings =
        new PhasedSettings(
            usual.epochs(),
            usual.rates(),
            usual.batch(),
            new Sparsity(Granularity.WEIGHT, 0.2, Map.of("nowhere", 0.5)),
            usual.augmentation(),
            usual.format(),
            usual.seed());
    try (SparseNetwork network =
        SparseNetwork.untrained(NETWORK, Granularity.WEIGHT, new RandomStreams(1))) {
      assertThatThrownBy(
              () ->
                  new SparseTraining(settings, data)
                      .run(network, checkpoints("c"), 1, TrainingListener.SILENT, () -> false))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("no convolution or linear layer 'nowhere'");
    }
  }

  @Test
  void settings_thatCannotBe_areRefused() {
    assertThatThrownBy(() -> new PhasedSettings.Epochs(0, 0, 0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("epochs.pretrain is 0, expected at least 1");
    assertThatThrownBy(() -> new PhasedSettings.Epochs(1, -1, 0))
        .hasMessageContaining("epochs.prune is -1, expected at least 0");
    assertThatThrownBy(() -> new PhasedSettings.Rates(0, 0.1))
        .hasMessageContaining("rates.weights is 0.0, expected above 0");
  }

  private Optional<String> digest(String name, BooleanSupplier stop) {
    TrainingData data = ColouredImages.of(folder, 48);
    try (SparseNetwork network =
        SparseNetwork.untrained(NETWORK, Granularity.WEIGHT, new RandomStreams(1))) {
      return new SparseTraining(settings(1, 1, 1), data)
              .run(network, checkpoints(name), 1, TrainingListener.SILENT, stop)
          ? Optional.of(Parameter.digest(network.parameters()))
          : Optional.empty();
    }
  }

  private Checkpoints checkpoints(String name) {
    return new Checkpoints(folder.resolve(name), 2);
  }

  private static PhasedSettings settings(int pretrain, int prune, int fineTune) {
    return new PhasedSettings(
        new PhasedSettings.Epochs(pretrain, prune, fineTune),
        new PhasedSettings.Rates(0.05, 0.1),
        16,
        Sparsity.of(Granularity.WEIGHT, 0.2),
        new Augmentation(1, true),
        MemoryFormat.CHANNELS_LAST,
        7);
  }
}
