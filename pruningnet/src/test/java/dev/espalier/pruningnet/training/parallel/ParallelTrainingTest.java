package dev.espalier.pruningnet.training.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.ColouredImages;
import dev.espalier.pruningnet.training.Descent;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.pruningnet.training.Trainer;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.search.job.PruningNetSpec;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTrainingTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING);

  /** Ten batches of 16: two workers do five steps in each of two epochs. */
  private static final int IMAGES = 165;

  @TempDir Path folder;
  private TrainingData data;

  @BeforeEach
  void makeImages() {
    data = ColouredImages.of(folder, IMAGES);
  }

  @Test
  void train_twoWorkersAveragedAfterTwoSteps_isTheMeanOfTwoLocalRuns() {
    PruningNetTraining training = training(2, 2, 0.05);
    double[][] local = {twoSteps(training, 0), twoSteps(training, 1)};
    try (PruningNet net = training.untrained();
        Trainer trainer =
            ParallelTraining.trainer(training, net, InTurn.of(training), TrainingListener.SILENT)) {
      trainer.train(new Checkpoints(folder.resolve("mean"), 1), after(1));
      double[] trained = values(net.parameters());

      assertThat(local[0]).isNotEqualTo(local[1]);
      for (int i = 0; i < trained.length; i++) {
        assertThat(trained[i]).isEqualTo((double) (float) ((local[0][i] + local[1][i]) / 2));
      }
    }
  }

  @Test
  void train_resumedAfterEveryAverage_isBitForBitTheUnbrokenRun() {
    int[] unbroken = train(training(2, 2, 0.05), "unbroken", () -> false, new Resumed());
    for (int rounds = 1; rounds < 6; rounds++) {
      String name = "stopped" + rounds;
      train(training(2, 2, 0.05), name, after(rounds), new Resumed());
      Resumed resumed = new Resumed();
      assertThat(train(training(2, 2, 0.05), name, () -> false, resumed)).isEqualTo(unbroken);
      assertThat(resumed.steps).containsExactly((long) List.of(2, 4, 5, 7, 9).get(rounds - 1));
    }
  }

  @Test
  void train_otherAveragingOrNumberOfWorkers_learnsOtherWeights() {
    List<List<Integer>> trained = new ArrayList<>();
    for (PruningNetTraining training :
        List.of(training(2, 2, 0.05), training(2, 3, 0.05), training(3, 2, 0.05))) {
      int[] values = train(training, training.digest(), () -> false, new Resumed());
      trained.add(Arrays.stream(values).boxed().toList());
    }
    assertThat(trained).doesNotHaveDuplicates();
  }

  @Test
  void train_threeWorkers_learnsTheColours() {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(Epoch epoch) {
            losses.add(epoch.loss());
          }
        };
    train(training(3, 2, 0.1, 15), "colours", () -> false, listener);
    assertThat(losses).hasSize(15);
    assertThat(losses.get(14)).isLessThan(losses.get(0) - 0.3);
  }

  @Test
  void learn_replicasSideBySide_haveTheBitsOfReplicasInTurn() {
    PruningNetTraining training = training(2, 5, 0.05);
    Round round = new Round(0, 5, 1);
    try (PruningNet net = training.untrained();
        Replica one = Replica.of(training);
        Replica two = Replica.of(training);
        Descent zero =
            new Descent(net.parameters(), data, training.settings(), training.course())) {
      ModelBytes from = ModelBytes.of(zero.state());
      CompletableFuture<Learned> aside =
          CompletableFuture.supplyAsync(() -> one.learn(round, 0, from, () -> {}));
      Learned here = two.learn(round, 1, from, () -> {});
      Learned there = aside.join();

      assertThat(two.learn(round, 0, from, () -> {})).usingRecursiveComparison().isEqualTo(there);
      assertThat(one.learn(round, 1, from, () -> {})).usingRecursiveComparison().isEqualTo(here);
    }
  }

  @Test
  void train_onALossThatIsNotANumber_keepsTheLastAverage() {
    PruningNetTraining training = training(2, 2, 1e30);
    assertThatThrownBy(() -> train(training, "diverged", () -> false, TrainingListener.SILENT))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("of epoch 0");
  }

  /** All parameters after two steps that a worker does alone. */
  private double[] twoSteps(PruningNetTraining training, int worker) {
    try (PruningNet net = training.untrained();
        Descent descent =
            new Descent(net.parameters(), data, training.settings(), training.course())) {
      descent.step(training.trainee(net, worker), 0, worker, 1);
      descent.step(training.trainee(net, worker), 1, worker, 1);
      return values(net.parameters());
    }
  }

  private int[] train(
      PruningNetTraining training, String name, BooleanSupplier stop, TrainingListener listener) {
    try (PruningNet net = training.untrained();
        Trainer trainer = ParallelTraining.trainer(training, net, InTurn.of(training), listener)) {
      trainer.train(new Checkpoints(folder.resolve(name), 1), stop);
      return IntStream.range(0, net.parameters().size())
          .map(i -> Arrays.hashCode(net.parameters().get(i).array().toFloatArray()))
          .toArray();
    }
  }

  private static double[] values(List<Parameter> parameters) {
    return parameters.stream()
        .flatMapToDouble(
            parameter -> {
              float[] values = parameter.array().toFloatArray();
              return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
            })
        .toArray();
  }

  /** A stop request after some rounds. */
  private static BooleanSupplier after(int rounds) {
    int[] asked = {0};
    return () -> asked[0]++ == rounds;
  }

  private PruningNetTraining training(int workers, int averageEvery, double rate) {
    return training(workers, averageEvery, rate, 2);
  }

  private PruningNetTraining training(int workers, int averageEvery, double rate, int epochs) {
    return new PruningNetTraining(
        SPACE,
        new PruningNetSpec(
            4,
            epochs,
            16,
            rate,
            PruningNetSpec.Schedule.COSINE,
            0.1,
            2,
            0,
            1,
            new PruningNetSpec.Training(workers, averageEvery)),
        data);
  }

  private static final class Resumed implements TrainingListener {
    private final List<Long> steps = new ArrayList<>();

    @Override
    public void resumed(Path checkpoint, long step) {
      steps.add(step);
    }
  }
}
