package dev.espalier.bench;

import static dev.espalier.bench.Figures.median;
import static dev.espalier.bench.Figures.print;

import dev.espalier.driver.app.measure.Measurements;
import dev.espalier.driver.app.measure.Measuring;
import dev.espalier.driver.app.measure.OwnWorkplace;
import dev.espalier.driver.app.measure.Workers;
import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.request.ContentFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a second worker adds: the same structures measured by the pool of a job, on one local worker
 * of Spark and on two, in turns. ResNet-20 at half of the MACs, 500 images recalibrate and 500 are
 * scored, no cache. By the clock, which needs two idle cores, and in the process's processor time,
 * which shows whether the workers hinder each other.
 *
 * <p>Arguments: number of rounds, 3 by default, and of structures, 24 by default.
 */
public final class WorkersBench {

  private static final int IMAGES = 500;
  private static final int SPARE = 100;
  private static final int BATCH = 50;

  private static final String JOB =
      """
      network: {name: resnet20}
      data: {name: noise, splits: {train: 500, selection: 500, confirmation: 100}}
      evaluation: {recalibrationImages: 500, shard: 500, master: "local[%d,4]", cache: false}
      """;

  private final Path folder;
  private final PackedDataset data;
  private final int count;

  private WorkersBench(Path folder, int count) {
    this.folder = folder;
    this.data =
        NoiseImages.write(folder.resolve("noise" + PackedWriter.EXTENSION), 3 * IMAGES + 2 * SPARE);
    this.count = count;
  }

  /** Prints one line for each round, and the medians. */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 24;
    double[] ratios = new double[rounds];
    double[] costs = new double[rounds];
    try (ScratchFolder folder = ScratchFolder.create()) {
      WorkersBench bench = new WorkersBench(folder.path(), count);
      for (int round = 0; round < rounds; round++) {
        Speed one = bench.speed(1);
        Speed two = bench.speed(2);
        ratios[round] = two.perSecond() / one.perSecond();
        costs[round] = two.processorSeconds() / one.processorSeconds();
        print(
            "  %.2f evaluations/s of one worker, %.2f of two: %.2f times (other processes used %.2f"
                + " and %.2f cores)",
            one.perSecond(), two.perSecond(), ratios[round], one.others(), two.others());
      }
    }
    print(
        "two workers make %.2f times the evaluations/s of one, each at %.2f times its processor"
            + " time",
        median(ratios), median(costs));
  }

  /**
   * What was measured.
   *
   * @param perSecond evaluations per second by the clock
   * @param processorSeconds processor time of one evaluation
   * @param others cores that other processes used meanwhile
   */
  private record Speed(double perSecond, double processorSeconds, double others) {}

  private Speed speed(int workerCount) {
    JobPlan plan =
        JobPlan.of(JobFile.parse(JOB.formatted(workerCount), "bench").spec(), data.info());
    Measurements measurements = measurements(plan);
    List<Structure> structures =
        IntStream.range(0, count)
            .mapToObj(i -> EvaluationBench.structure(plan.space(), 0.5, new RandomStreams(3), i))
            .toList();
    try (Workers workers =
            new OwnWorkplace(new Home(folder))
                .workers(measurements, folder.resolve("spark"), report -> {});
        EvaluationPool pool = workers.pool(Split.SELECTION)) {
      // The first structures still have the JVM compile what the others use.
      measure(pool, structures.subList(0, 2 * workerCount));
      ProcessorTime.coresSinceLastCall();
      long clock = System.nanoTime();
      long processor = ProcessorTime.ofProcess();
      measure(pool, structures);
      double elapsed = System.nanoTime() - clock;
      double own = ProcessorTime.ofProcess() - processor;
      return new Speed(
          count * 1e9 / elapsed,
          own / 1e9 / count,
          Math.max(0, ProcessorTime.coresSinceLastCall() - own / elapsed));
    }
  }

  private static void measure(EvaluationPool pool, List<Structure> structures) {
    Measuring.of(pool, structures, done -> {}, () -> false);
  }

  private Measurements measurements(JobPlan plan) {
    Images images = Images.of(data, plan.spec().data().splits());
    PruningNetTraining training = images.training(plan);
    Path file = folder.resolve("net.pruningnet");
    try (PruningNet net = training.untrained();
        TrainedPruningNet saved = training.save(net, file)) {
      return new Measurements(
          plan,
          images,
          new ContentFile(saved.digest(), file),
          EvaluationProtocol.here(IMAGES, BATCH, BATCH, IMAGES, MemoryFormat.CHANNELS_LAST));
    }
  }
}
