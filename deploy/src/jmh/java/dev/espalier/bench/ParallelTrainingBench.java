package dev.espalier.bench;

import static dev.espalier.bench.Figures.median;
import static dev.espalier.bench.Figures.print;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.config.JobFile;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.pruningnet.training.Trainer;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.parallel.ParallelTraining;
import dev.espalier.search.job.JobSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast two local workers of Spark train a PruningNet of ResNet-20 against one worker with one
 * thread and with two, batch 128, in turns: in images per second by the clock, which needs two idle
 * cores, and in processor time of the whole process for each image. From the times of averaging
 * after every step and after every eighth follows what one averaging takes.
 *
 * <p>Argument: number of rounds, 3 by default.
 */
public final class ParallelTrainingBench {

  private static final int BATCH = 128;
  private static final int STEPS = 16;
  private static final int TRAIN = 2 * STEPS * BATCH;

  /** Those of the other splits with them. */
  private static final int IMAGES = TRAIN + TRAIN / 4;

  private static final int SELDOM = 8;

  private static final String JOB =
      """
      network: {name: resnet20}
      data: {name: noise, splits: {train: %d, selection: 100, confirmation: 100}}
      pruningNet: {epochs: 1, batch: %d, training: {workers: %d, averageEvery: %d}}
      evaluation: {master: "local[2,4]"}
      """;

  private final Path folder;
  private final PackedDataset data;

  private ParallelTrainingBench(Path folder) {
    this.folder = folder;
    this.data = NoiseImages.write(folder.resolve("noise" + PackedWriter.EXTENSION), IMAGES);
  }

  /** Prints one line for each round, and the medians. */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    double[] ratios = new double[rounds];
    double[] threads = new double[rounds];
    double[] costs = new double[rounds];
    double[] averaging = new double[rounds];
    try (ScratchFolder folder = ScratchFolder.create()) {
      ParallelTrainingBench bench = new ParallelTrainingBench(folder.path());
      for (int round = 0; round < rounds; round++) {
        Speed one = bench.alone(1);
        Speed two = bench.alone(2);
        Speed often = bench.together(1);
        Speed seldom = bench.together(SELDOM);
        ratios[round] = seldom.perSecond() / one.perSecond();
        threads[round] = seldom.perSecond() / two.perSecond();
        costs[round] = seldom.processorSeconds() / one.processorSeconds();
        averaging[round] =
            2 * BATCH * (1 / often.perSecond() - 1 / seldom.perSecond()) / (1 - 1.0 / SELDOM);
        print(
            "  images/s: one worker %.0f, with two threads %.0f, two workers averaged after 1 step"
                + " %.0f, after %d steps %.0f (other processes used %.2f, %.2f, %.2f and %.2f"
                + " cores)",
            one.perSecond(),
            two.perSecond(),
            often.perSecond(),
            SELDOM,
            seldom.perSecond(),
            one.others(),
            two.others(),
            often.others(),
            seldom.others());
      }
      print(
          "two workers averaged every %d steps: median %.2f times the images/s of one with one"
              + " thread, %.2f times those of one with two threads, at %.2f times the processor"
              + " time of one; an averaging takes %.2f s, %.0f MB to each worker and back",
          SELDOM,
          median(ratios),
          median(threads),
          median(costs),
          median(averaging),
          bench.stateBytes() / 1e6);
    }
  }

  /**
   * What was measured.
   *
   * @param perSecond images per second by the clock
   * @param processorSeconds processor time of one image
   * @param others cores that other processes used meanwhile
   */
  private record Speed(double perSecond, double processorSeconds, double others) {}

  private Speed alone(int threads) {
    PruningNetTraining training = training(spec(1, 1));
    Clock clock = new Clock(1);
    try (PruningNet net = training.untrained();
        Trainer trainer = training.trainer(net, threads, clock)) {
      trainer.train();
    }
    return clock.speed(BATCH);
  }

  private Speed together(int averageEvery) {
    JobSpec spec = spec(2, averageEvery);
    PruningNetTraining training = training(spec);
    Clock clock = new Clock(averageEvery);
    try (PruningNet net = training.untrained();
        Trainer trainer =
            ParallelTraining.trainer(training, net, LocalReplicas.of(spec, data, folder), clock)) {
      trainer.train();
    }
    return clock.speed(2 * BATCH);
  }

  /** Parameters and momenta. */
  private double stateBytes() {
    try (PruningNet net = training(spec(2, 1)).untrained()) {
      return 2.0 * Float.BYTES * net.parameters().stream().mapToLong(Parameter::size).sum();
    }
  }

  private PruningNetTraining training(JobSpec spec) {
    return Images.of(data, spec.data().splits()).training(JobPlan.of(spec, data.info()));
  }

  private static JobSpec spec(int workers, int averageEvery) {
    return JobFile.parse(JOB.formatted(TRAIN, BATCH, workers, averageEvery), "bench").spec();
  }

  /** Measures from the end of the first round, in which everything is still cold, to the last. */
  private static final class Clock implements TrainingListener {

    private final int firstRound;
    private final List<Long> ends = new ArrayList<>();
    private long processor;

    private Clock(int firstRound) {
      this.firstRound = firstRound;
    }

    @Override
    public void step(Step step) {
      ends.add(System.nanoTime());
      if (ends.size() == firstRound) {
        ProcessorTime.coresSinceLastCall();
        processor = ProcessorTime.ofProcess();
      }
    }

    private Speed speed(int imagesPerStep) {
      double own = ProcessorTime.ofProcess() - processor;
      double elapsed = ends.get(ends.size() - 1) - ends.get(firstRound - 1);
      long images = (long) imagesPerStep * (ends.size() - firstRound);
      return new Speed(
          images * 1e9 / elapsed,
          own / 1e9 / images,
          Math.max(0, ProcessorTime.coresSinceLastCall() - own / elapsed));
    }
  }
}
