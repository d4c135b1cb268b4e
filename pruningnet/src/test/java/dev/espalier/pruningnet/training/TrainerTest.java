package dev.espalier.pruningnet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.trainee.NetworkTrainee;
import dev.espalier.pruningnet.training.trainee.PruningNetTrainee;
import dev.espalier.pruningnet.training.trainee.Trainee;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.PruningNetSpec;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

  /** Two epochs of three batches, and two images that are left over. */
  private static final TrainingSettings SETTINGS = settings(2, 0.05);

  private static final int IMAGES = 50;
  private static final int STEPS = 6;

  @TempDir Path folder;
  private TrainingData data;

  @BeforeEach
  void makeImages() {
    data = ColouredImages.of(folder, IMAGES);
  }

  @Test
  void train_ofAPruningNet_resumedAfterEveryStep_isBitForBitTheUnbrokenRun() {
    int[] unbroken = trainPruningNet(SETTINGS, TrainingListener.SILENT, () -> false, "unbroken");
    for (int stopAfter = 1; stopAfter < STEPS; stopAfter++) {
      String name = "stopped" + stopAfter;
      trainPruningNet(SETTINGS, TrainingListener.SILENT, after(stopAfter), name);
      Resumed resumed = new Resumed();
      int[] values = trainPruningNet(SETTINGS, resumed, () -> false, name);
      assertThat(resumed.steps).containsExactly((long) stopAfter);
      assertThat(values).as("stopped after %d", stopAfter).isEqualTo(unbroken);
    }
  }

  @Test
  void train_ofAPlainNetwork_resumed_isBitForBitTheUnbrokenRun() {
    int[] unbroken = trainNetwork(SETTINGS, () -> false, "unbroken");
    trainNetwork(SETTINGS, after(4), "stopped");
    assertThat(trainNetwork(SETTINGS, () -> false, "stopped")).isEqualTo(unbroken);
  }

  @Test
  void train_resumedFromTheCheckpointBefore_isBitForBitTheUnbrokenRun() throws IOException {
    int[] unbroken = trainPruningNet(SETTINGS, TrainingListener.SILENT, () -> false, "unbroken");
    trainPruningNet(SETTINGS, TrainingListener.SILENT, after(5), "cut");
    Path newest = checkpoints("cut").get(1);
    byte[] bytes = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));
    Resumed resumed = new Resumed();
    int[] values = trainPruningNet(SETTINGS, resumed, () -> false, "cut");
    assertThat(resumed.steps).containsExactly(4L);
    assertThat(resumed.damaged).singleElement().asString().contains(newest.toString());
    assertThat(values).isEqualTo(unbroken);
  }

  @ParameterizedTest
  @ValueSource(strings = {"step", "threads", "training"})
  void train_entryOfTheNewestCheckpointDamaged_resumesFromTheOneBefore(String entry)
      throws IOException {
    trainPruningNet(SETTINGS, TrainingListener.SILENT, after(5), "damaged");
    Path newest = checkpoints("damaged").get(1);
    byte[] bytes = Files.readAllBytes(newest);
    String letters = new String(bytes, StandardCharsets.ISO_8859_1);
    // The value is behind the key and its own length.
    bytes[letters.indexOf(entry) + entry.length() + 4] ^= 0x40;
    Files.write(newest, bytes);
    Resumed resumed = new Resumed();
    trainPruningNet(SETTINGS, resumed, () -> false, "damaged");
    assertThat(resumed.steps).containsExactly(4L);
    assertThat(resumed.damaged).singleElement().asString().contains(newest.toString(), entry);
  }

  @Test
  void train_withOnlyDamagedCheckpoints_isRefused() throws IOException {
    trainPruningNet(SETTINGS, TrainingListener.SILENT, after(3), "cut");
    for (Path file : checkpoints("cut")) {
      Files.write(file, new byte[] {1, 2, 3});
    }
    assertThatThrownBy(() -> trainPruningNet(SETTINGS, TrainingListener.SILENT, () -> false, "cut"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(folder.resolve("cut").toString())
        .hasMessageContaining("none of its 2 checkpoints is whole");
  }

  @Test
  void train_withCheckpointsOfOtherSettings_isRefused() throws IOException {
    trainPruningNet(SETTINGS, TrainingListener.SILENT, after(2), "other");
    String newest = checkpoints("other").get(0).toString();
    assertThatThrownBy(
            () -> trainPruningNet(settings(2, 0.04), TrainingListener.SILENT, () -> false, "other"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(newest)
        .hasMessageContaining("of training");
  }

  @Test
  void train_keepsTheLastTwoCheckpointsUntilTheyAreDeleted() throws IOException {
    trainPruningNet(SETTINGS, TrainingListener.SILENT, () -> false, "kept");
    assertThat(checkpoints("kept")).hasSize(2);
    new Checkpoints(folder.resolve("kept"), 1).delete();
    assertThat(checkpoints("kept")).isEmpty();
  }

  @Test
  void train_tellsOfEveryStepAndEpoch() {
    List<TrainingListener.Step> steps = new ArrayList<>();
    List<TrainingListener.Epoch> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void step(Step step) {
            steps.add(step);
          }

          @Override
          public void epoch(Epoch epoch) {
            epochs.add(epoch);
          }
        };
    trainPruningNet(SETTINGS, listener, () -> false, "heard");
    assertThat(steps).extracting(TrainingListener.Step::epoch).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(steps).extracting(TrainingListener.Step::step).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(steps).allMatch(step -> step.imagesPerSecond() > 0 && step.steps() == 3);
    assertThat(epochs).hasSize(2);
    double mean = steps.subList(3, 6).stream().mapToDouble(s -> s.loss()).average().orElseThrow();
    assertThat(epochs.get(1).loss()).isEqualTo(mean);
  }

  @Test
  void train_ofAPruningNet_learnsTheColours() {
    List<Double> losses = new ArrayList<>();
    trainPruningNet(settings(20, 0.1), losses(losses), () -> false, "learning");
    assertThat(losses.get(0)).isGreaterThan(1.2);
    assertThat(losses.get(losses.size() - 1)).isLessThan(1.0);
  }

  @Test
  void train_ofAPlainNetwork_learnsTheColours() {
    List<Double> losses = new ArrayList<>();
    try (NetworkTrainee trainee =
            NetworkTrainee.untrained(TinyNetworks.residual(), new RandomStreams(2));
        Trainer trainer = Trainer.of(trainee, data, settings(20, 0.1), 1, losses(losses))) {
      trainer.train();
    }
    assertThat(losses.get(losses.size() - 1)).isLessThan(0.8);
  }

  @Test
  void train_onALossThatIsNotANumber_stopsAndSaysWhere() {
    assertThatThrownBy(
            () ->
                trainPruningNet(
                    settings(50, 1e30), TrainingListener.SILENT, () -> false, "diverged"))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("epoch")
        .hasMessageContaining("learning rate of ");
  }

  private int[] trainPruningNet(
      TrainingSettings settings, TrainingListener listener, BooleanSupplier stop, String name) {
    SearchSpace space = SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING);
    try (PruningNet net = PruningNet.untrained(space, 4, new RandomStreams(1))) {
      PruningNetTrainee trainee = new PruningNetTrainee(net, 2, 0.5, new RandomStreams(3));
      return train(trainee, settings, listener, stop, name);
    }
  }

  private int[] trainNetwork(TrainingSettings settings, BooleanSupplier stop, String name) {
    Network network = TinyNetworks.residual();
    try (NetworkTrainee trainee = NetworkTrainee.untrained(network, new RandomStreams(1))) {
      return train(trainee, settings, TrainingListener.SILENT, stop, name);
    }
  }

  /** The bits of all parameters afterwards, as one hash for each of them. */
  private int[] train(
      Trainee trainee,
      TrainingSettings settings,
      TrainingListener listener,
      BooleanSupplier stop,
      String name) {
    try (Trainer trainer = Trainer.of(trainee, data, settings, 1, listener)) {
      trainer.train(new Checkpoints(folder.resolve(name), 2), stop);
      return trainee.parameters().stream()
          .map(Parameter::array)
          .mapToInt(array -> Arrays.hashCode(array.toFloatArray()))
          .toArray();
    }
  }

  private static TrainingListener losses(List<Double> losses) {
    return new TrainingListener() {
      @Override
      public void epoch(Epoch epoch) {
        losses.add(epoch.loss());
      }
    };
  }

  private List<Path> checkpoints(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.sorted().toList();
    }
  }

  /** A stop request after some steps. */
  private static BooleanSupplier after(int steps) {
    int[] asked = {0};
    return () -> asked[0]++ == steps;
  }

  private static TrainingSettings settings(int epochs, double learningRate) {
    return new TrainingSettings(
        epochs,
        16,
        learningRate,
        PruningNetSpec.Schedule.COSINE,
        0.9,
        1e-4,
        0.1,
        new Augmentation(1, true),
        MemoryFormat.CHANNELS_LAST,
        7);
  }

  private static final class Resumed implements TrainingListener {
    private final List<Long> steps = new ArrayList<>();
    private final List<BadInputException> damaged = new ArrayList<>();

    @Override
    public void resumed(Path checkpoint, long step) {
      steps.add(step);
    }

    @Override
    public void damaged(BadInputException problem) {
      damaged.add(problem);
    }
  }
}
