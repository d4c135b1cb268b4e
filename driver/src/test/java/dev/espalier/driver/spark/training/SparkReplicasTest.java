package dev.espalier.driver.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.spark.SmallCluster;
import dev.espalier.driver.spark.SparkContexts;
import dev.espalier.driver.spark.SparkSettings;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.training.Descent;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.pruningnet.training.Trainer;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.parallel.Learned;
import dev.espalier.pruningnet.training.parallel.ModelBytes;
import dev.espalier.pruningnet.training.parallel.ParallelTraining;
import dev.espalier.pruningnet.training.parallel.Replica;
import dev.espalier.pruningnet.training.parallel.Replicas;
import dev.espalier.pruningnet.training.parallel.Round;
import dev.espalier.search.attempt.WorkersBrokenException;
import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.evaluate.WorkersObserver;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SparkReplicasTest {

  private static final ShapesTraining SHAPES = new ShapesTraining(0.05);

  private static final WorkersObserver SILENT = new WorkersObserver() {};

  /** How many openings are still to be lost, as if with their worker. */
  private static final AtomicInteger LOSSES = new AtomicInteger();

  @TempDir Path folder;
  private ContentFile images;

  @BeforeEach
  void drawImages() {
    images = ShapesTraining.images(folder);
  }

  @AfterEach
  void forgetTestMode() {
    SmallCluster.forget();
  }

  @ParameterizedTest
  @EnumSource(RoundStart.class)
  void learn_threadsOfThisProcess_haveTheBitsOfReplicasInTurn(RoundStart start) {
    try (JavaSparkContext spark = local()) {
      assertThat(train(open(spark, SHAPES, start), step -> {})).isEqualTo(inTurn());
    }
  }

  @Test
  void learn_tasksAreLost_doesTheRoundOnceMoreWithTheSameResult() {
    LOSSES.set(3);
    ReplicaSource lossy =
        dataset -> {
          if (LOSSES.getAndDecrement() > 0) {
            // Not a task's own failure, which is an exception and is told.
            throw new AssertionError("lost");
          }
          return SHAPES.open(dataset);
        };
    try (JavaSparkContext spark = local()) {
      assertThat(train(open(spark, lossy, RoundStart.TOGETHER), step -> {})).isEqualTo(inTurn());
    }
    assertThat(LOSSES.get()).isNegative();
  }

  @Test
  void learn_tasksAreLostAlways_saysSo() {
    ReplicaSource lost =
        dataset -> {
          throw new AssertionError("no memory");
        };
    try (JavaSparkContext spark = local()) {
      assertThatThrownBy(() -> train(open(spark, lost, RoundStart.TOGETHER), step -> {}))
          .isInstanceOf(WorkersBrokenException.class)
          .hasMessageContaining("lost 5 times in the round of step 0")
          .hasMessageContaining("no memory");
    }
  }

  @Test
  void learn_workerCannotTrain_throwsItsReason() {
    ReplicaSource bad =
        dataset -> {
          throw new BadInputException("other images");
        };
    try (JavaSparkContext spark = local()) {
      assertThatThrownBy(() -> train(open(spark, bad, RoundStart.TOGETHER), step -> {}))
          .isInstanceOf(BadInputException.class)
          .hasMessage("other images");
      assertThatThrownBy(
              () -> train(open(spark, new ShapesTraining(1e30), RoundStart.TOGETHER), step -> {}))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("of epoch 0");
    }
  }

  @Test
  void learn_askedToStop_givesTheRoundUp() {
    PruningNetTraining training = SHAPES.on(images);
    try (JavaSparkContext spark = local();
        Replicas replicas = open(spark, SHAPES, RoundStart.TOGETHER);
        PruningNet net = training.untrained();
        Descent zero =
            new Descent(
                net.parameters(), training.data(), training.settings(), training.course())) {
      int[] looks = {0};
      BooleanSupplier atTheThirdLook = () -> ++looks[0] == 3;
      ModelBytes from = ModelBytes.of(zero.state());
      assertThat(replicas.learn(new Round(0, 1_000_000, 1), from, atTheThirdLook)).isEmpty();
    }
  }

  @Test
  void open_moreWorkersThanThreads_isRefused() {
    try (JavaSparkContext spark = local()) {
      assertThatThrownBy(
              () ->
                  SparkReplicas.open(
                      spark, 3, images, SHAPES, RoundStart.TOGETHER, SILENT, () -> {}))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("pruningNet.training.workers is 3")
          .hasMessageContaining("'local[2,4]' has 2 at a time");
    }
  }

  @Test
  void learn_clusterWithTooFewWorkers_isRefused() throws Exception {
    SparkConf settings =
        SmallCluster.settings(1, folder)
            .set("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "2");
    try (JavaSparkContext spark = new JavaSparkContext(settings)) {
      assertThatThrownBy(() -> train(open(spark, SHAPES, RoundStart.TOGETHER), step -> {}))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("pruningNet.training.workers is 2")
          .hasMessageContaining("at a time");
    }
  }

  @Test
  void learn_workersComeLate_isToldOnce() throws Exception {
    List<String> heard = new ArrayList<>();
    WorkersObserver observer =
        new WorkersObserver() {
          @Override
          public void noWorkers(Duration since) {
            heard.add("none");
          }

          @Override
          public void workersAreBack() {
            heard.add("back");
          }
        };
    SparkConf settings =
        SmallCluster.settings(1, folder).set("spark.espalier.noWorkersAfter", "0s");
    try (JavaSparkContext spark = new JavaSparkContext(settings)) {
      train(open(spark, SHAPES, RoundStart.AS_FREE, observer), step -> {});
    }

    assertThat(heard).containsExactly("none", "back");
  }

  @Test
  void learn_executorIsKilledInTheMiddle_hasTheBitsOfReplicasInTurn() throws Exception {
    int[] unbroken = inTurn();
    try (JavaSparkContext spark = SmallCluster.start(2, folder)) {
      Replicas replicas = open(spark, SHAPES, RoundStart.TOGETHER);
      List<ProcessHandle> killed = new ArrayList<>();
      int[] trained =
          train(
              replicas,
              step -> {
                if (step == 1) {
                  ProcessHandle executor =
                      ProcessHandle.current().children().findAny().orElseThrow();
                  executor.destroyForcibly();
                  killed.add(executor);
                }
              });
      assertThat(killed).hasSize(1);
      assertThat(trained).isEqualTo(unbroken);
    }
  }

  private JavaSparkContext local() {
    return SparkContexts.start(new SparkSettings("local[2,4]", folder));
  }

  private Replicas open(JavaSparkContext spark, ReplicaSource source, RoundStart start) {
    return open(spark, source, start, SILENT);
  }

  private Replicas open(
      JavaSparkContext spark, ReplicaSource source, RoundStart start, WorkersObserver observer) {
    return SparkReplicas.open(
        spark, ShapesTraining.WORKERS, images, source, start, observer, () -> {});
  }

  private int[] inTurn() {
    Replica replica = SHAPES.open(images);
    return train(new InTurn(replica), step -> {});
  }

  /** The bits of all parameters afterwards, as one hash for each of them. */
  private int[] train(Replicas replicas, IntConsumer afterStep) {
    PruningNetTraining training = SHAPES.on(images);
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void step(Step step) {
            afterStep.accept(step.epoch() * step.steps() + step.step());
          }
        };
    try (PruningNet net = training.untrained();
        Trainer trainer = ParallelTraining.trainer(training, net, replicas, listener)) {
      trainer.train();
      return net.parameters().stream()
          .mapToInt(parameter -> parameter.bytes().hashCode())
          .toArray();
    }
  }

  /** All workers on the calling thread, one after the other. */
  private record InTurn(Replica replica) implements Replicas {

    @Override
    public List<Learned> learn(Round round, ModelBytes from, BooleanSupplier stop) {
      return IntStream.range(0, ShapesTraining.WORKERS)
          .mapToObj(worker -> replica.learn(round, worker, from, () -> {}))
          .toList();
    }

    @Override
    public void close() {
      replica.close();
    }
  }
}
