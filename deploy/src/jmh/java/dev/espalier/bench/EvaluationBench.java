package dev.espalier.bench;

import static dev.espalier.bench.Figures.median;
import static dev.espalier.bench.Figures.print;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.SplitSizes;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.ProtocolTuner;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.cost.WalkCosts;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * How much of one core's arithmetic a whole evaluation uses: (MACs x 2 x images of recalibration
 * and scoring) / time, as a share of the core's float32 matmul peak measured in turn with it. The
 * time includes generating weights and preparing kernels: every round measures another structure,
 * as a search does. It is the processor time of the measuring thread, so that other processes
 * disturb little.
 *
 * <p>Then two scorers side by side against one: by the clock, which needs two idle cores, and in
 * processor time, which shows whether they hinder each other.
 *
 * <p>Arguments: number of rounds, 5 by default.
 */
public final class EvaluationBench {

  private static final int IMAGES = 2000;
  private static final int SHARD = 500;
  private static final int SPARE = 100;
  private static final double TOLERANCE = 0.02;

  private final PackedDataset data;
  private final Splits splits;
  private final int rounds;
  private final MatmulPeak peak = new MatmulPeak();

  private EvaluationBench(PackedDataset data, int rounds) {
    this.data = data;
    this.splits = Splits.of(data, new SplitSizes(IMAGES, IMAGES, SPARE, SPARE), 1);
    this.rounds = rounds;
  }

  /** Prints one line for each network and each round, and the medians. */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    Path folder = Files.createTempDirectory("espalier-bench");
    Path file = folder.resolve("noise" + PackedWriter.EXTENSION);
    Torch.threads(1);
    try {
      EvaluationBench bench =
          new EvaluationBench(NoiseImages.write(file, 2 * IMAGES + 2 * SPARE), rounds);
      bench.measure("resnet20", 0.5);
      bench.measure("mobilenetv2", 0.5);
      bench.measure("mobilenetv2", 1);
      bench.measureSideBySide("resnet20", 0.5);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private void measure(String name, double share) {
    SearchSpace space =
        SearchSpace.of(
            Zoo.network(name, NoiseImages.SHAPE, NoiseImages.CLASSES), RatioGrid.METAPRUNING);
    RandomStreams streams = new RandomStreams(1);
    try (PruningNet net = PruningNet.untrained(space, 32, streams)) {
      EvaluationProtocol protocol =
          ProtocolTuner.tune(
              net, structure(space, share, streams, -1), IMAGES, SHARD, Duration.ofSeconds(5));
      print("%s at %.0f%% of the MACs: %s", name, 100 * share, protocol.text());
      double[] shares = new double[rounds];
      try (StructureScorer scorer = StructureScorer.of(net, data, splits, protocol)) {
        for (int round = 0; round < rounds; round++) {
          shares[round] = round(scorer, structure(space, share, streams, round));
        }
      }
      print(
          "%s at %.0f%% of the MACs: median %.1f%% of the peak",
          name, 100 * share, 100 * median(shares));
    }
  }

  private void measureSideBySide(String name, double share) {
    SearchSpace space =
        SearchSpace.of(
            Zoo.network(name, NoiseImages.SHAPE, NoiseImages.CLASSES), RatioGrid.METAPRUNING);
    RandomStreams streams = new RandomStreams(2);
    double[] gains = new double[rounds];
    double[] costs = new double[rounds];
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (PruningNet net = PruningNet.untrained(space, 32, streams)) {
      Structure typical = structure(space, share, streams, -1);
      EvaluationProtocol protocol =
          ProtocolTuner.tune(net, typical, IMAGES, SHARD, Duration.ofSeconds(5));
      try (StructureScorer first = StructureScorer.of(net, data, splits, protocol);
          StructureScorer second = StructureScorer.of(net, data, splits, protocol)) {
        evaluate(first, typical);
        evaluate(second, typical);
        for (int round = 0; round < rounds; round++) {
          Elapsed alone = evaluate(first, typical);
          long start = System.nanoTime();
          Future<Elapsed> left = threads.submit(() -> evaluate(first, typical));
          Future<Elapsed> right = threads.submit(() -> evaluate(second, typical));
          Elapsed together = left.get().plus(right.get());
          gains[round] = 2 * alone.clock() / (System.nanoTime() - start);
          costs[round] = together.processor() / (2 * alone.processor());
        }
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdown();
    }
    print(
        "%s: two scorers side by side make %.2f times the evaluations of one; each of them takes"
            + " %.2f times the processor time",
        name, median(gains), median(costs));
  }

  private double round(StructureScorer scorer, Structure structure) {
    long macs = WalkCosts.of(scorer.space().apply(structure), 1).macs();
    double before = peak.flops();
    double seconds = evaluate(scorer, structure).processor() / 1e9;
    double best = Math.max(before, peak.flops());
    double flops = 2.0 * macs * 2 * IMAGES / seconds;
    print(
        "  %.1fM MACs, %.2f s, %.0f images/s, %.1f GFLOP/s of %.1f: %.1f%%",
        macs / 1e6, seconds, 2 * IMAGES / seconds, flops / 1e9, best / 1e9, 100 * flops / best);
    return flops / best;
  }

  /** Nanoseconds by the clock and of the thread's processor time. */
  private record Elapsed(double clock, double processor) {
    Elapsed plus(Elapsed other) {
      return new Elapsed(clock + other.clock, processor + other.processor);
    }
  }

  private static Elapsed evaluate(StructureScorer scorer, Structure structure) {
    long clock = System.nanoTime();
    long processor = ProcessorTime.nanos();
    try (NetworkEvaluation evaluation = scorer.prepare(structure)) {
      evaluation.score(evaluation.recalibrate(() -> {}), Split.SELECTION, () -> {});
    }
    return new Elapsed(System.nanoTime() - clock, ProcessorTime.nanos() - processor);
  }

  /** A random structure whose MACs are a share of the widest one's. */
  static Structure structure(SearchSpace space, double share, RandomStreams streams, int number) {
    if (share == 1) {
      return space.widest();
    }
    double target = share * WalkCosts.of(space.network(), 1).macs();
    RandomGenerator random = streams.stream("structure", number);
    while (true) {
      Structure structure = space.random(random);
      double macs = WalkCosts.of(space.apply(structure), 1).macs();
      if (Math.abs(macs - target) < TOLERANCE * target) {
        return structure;
      }
    }
  }
}
