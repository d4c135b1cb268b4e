package dev.espalier.pruningnet.scoring;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.scoring.script.Kernels;
import dev.espalier.pruningnet.scoring.script.NetworkProgram;
import dev.espalier.pruningnet.scoring.script.PreparedWeights;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Shape;
import dev.espalier.search.space.Structure;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses memory format and batch sizes for a network by measuring a few, once, when a job first
 * starts; the caller records the choice, because other sizes round differently. Small batches keep
 * activations in the processor's caches, large ones spread the cost of each call; where the best
 * size lies depends on the network and the machine. The usual choice stands unless another one is
 * clearly faster: jobs that choose alike share their scores.
 */
public final class ProtocolTuner {

  /** Statistics of fewer images are too noisy to normalise by while others are gathered. */
  private static final int[] RECALIBRATION_SIZES = {50, 32, 64, 100, 128};

  private static final int[] SCORING_SIZES = {32, 16, 50, 10, 100};
  private static final int FIRST_TRY = 32;

  /** Share of the usual choice's time that another one must stay below. */
  private static final double CLEARLY_FASTER = 0.92;

  private static final int REPETITIONS = 3;

  private final PruningNet net;
  private final Structure structure;
  private final long deadline;

  private ProtocolTuner(PruningNet net, Structure structure, Duration budget) {
    this.net = net;
    this.structure = structure;
    this.deadline = now() + budget.toNanos();
  }

  /**
   * Measures and chooses, on the calling thread.
   *
   * @param structure a typical one, e.g. of half the MACs
   * @param recalibrationImages part of the protocol
   * @param shard part of the protocol
   * @param budget no further size is tried after this processor time
   */
  public static EvaluationProtocol tune(
      PruningNet net, Structure structure, int recalibrationImages, int shard, Duration budget) {
    ProtocolTuner tuner = new ProtocolTuner(net, structure, budget);
    try (SingleThread alone = SingleThread.enter()) {
      int[] first = {FIRST_TRY};
      double usual = tuner.choose(MemoryFormat.CHANNELS_LAST, first, first).nanosPerImage();
      double other = tuner.choose(MemoryFormat.CHANNELS_FIRST, first, first).nanosPerImage();
      MemoryFormat format =
          other < CLEARLY_FASTER * usual ? MemoryFormat.CHANNELS_FIRST : MemoryFormat.CHANNELS_LAST;
      Choice best =
          tuner.choose(
              format, sizes(RECALIBRATION_SIZES, recalibrationImages), sizes(SCORING_SIZES, shard));
      return EvaluationProtocol.here(
          recalibrationImages, best.recalibrationBatch(), best.scoringBatch(), shard, format);
    }
  }

  /** Processor time of this thread, in ns: other processes hardly disturb it. */
  private static long now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private record Choice(int recalibrationBatch, int scoringBatch, double nanosPerImage) {}

  /** A size and the time of one image. */
  private record Timed(int size, double nanos) {}

  private interface Pass {
    void run(NDArray images);
  }

  private Choice choose(MemoryFormat format, int[] recalibration, int[] scoring) {
    Network pruned = net.space().apply(structure);
    try (NetworkProgram program = NetworkProgram.of(net.space().network(), format, Kernels.best());
        NDManager scope = Torch.scope()) {
      Weights weights = net.weights(structure, scope);
      try (PreparedWeights plain = program.forRecalibration(pruned, weights)) {
        Timed recalibrate =
            fastest(recalibration, format, images -> program.recalibrate(images, plain));
        Statistics statistics = program.recalibrate(images(FIRST_TRY, format, scope), plain);
        try (PreparedWeights folded = program.forScoring(pruned, weights, statistics)) {
          Timed score = fastest(scoring, format, images -> program.score(images, folded).close());
          return new Choice(recalibrate.size(), score.size(), recalibrate.nanos() + score.nanos());
        }
      }
    }
  }

  /** The first size, or a later one that is clearly faster than the best before it. */
  private Timed fastest(int[] sizes, MemoryFormat format, Pass pass) {
    Timed best = new Timed(sizes[0], Double.POSITIVE_INFINITY);
    for (int size : sizes) {
      if (Double.isFinite(best.nanos()) && now() > deadline) {
        break;
      }
      double nanos = nanosPerImage(size, format, pass);
      if (nanos < CLEARLY_FASTER * best.nanos()) {
        best = new Timed(size, nanos);
      }
    }
    return best;
  }

  private double nanosPerImage(int size, MemoryFormat format, Pass pass) {
    try (NDManager scope = Torch.scope()) {
      NDArray images = images(size, format, scope);
      pass.run(images);
      double best = Double.POSITIVE_INFINITY;
      for (int i = 0; i < REPETITIONS; i++) {
        long start = now();
        pass.run(images);
        best = Math.min(best, now() - start);
        if (now() > deadline) {
          break;
        }
      }
      return best / size;
    }
  }

  /** Images with some contrast; what they show does not change how long they take. */
  private NDArray images(int size, MemoryFormat format, NDManager scope) {
    Shape shape = net.space().network().input();
    NDArray values = scope.arange(0f, size * shape.elements()).sin();
    return switch (format) {
      case CHANNELS_FIRST -> values.reshape(size, shape.channels(), shape.height(), shape.width());
      case CHANNELS_LAST ->
          values
              .reshape(size, shape.height(), shape.width(), shape.channels())
              .transpose(0, 3, 1, 2);
    };
  }

  /** Sizes near the given ones that divide a number of images, so that no batch is smaller. */
  static int[] sizes(int[] wanted, int images) {
    List<Integer> sizes = new ArrayList<>();
    for (int size : wanted) {
      int near = nearestDivisor(size, images);
      boolean even = near * 2 > size && near < size * 2;
      int chosen = Math.min(even ? near : size, images);
      if (!sizes.contains(chosen)) {
        sizes.add(chosen);
      }
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int nearestDivisor(int size, int images) {
    int best = 1;
    for (int divisor = 1; divisor <= images; divisor++) {
      if (images % divisor == 0 && Math.abs(divisor - size) < Math.abs(best - size)) {
        best = divisor;
      }
    }
    return best;
  }
}
