package dev.espalier.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.scoring.script.Kernels;
import dev.espalier.pruningnet.scoring.script.NetworkProgram;
import dev.espalier.pruningnet.scoring.script.PreparedWeights;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import java.util.HashMap;
import java.util.Map;

/**
 * The most float32 operations per second that one thread reaches in large square matrix products:
 * the better of the engine's matmul and of oneDNN's, which differ by more than two on some
 * processors.
 */
final class MatmulPeak {

  private static final int SIDE = 2048;
  private static final int IMAGE = 16;
  private static final int REPETITIONS = 3;

  /** Products in a row, beside which the last mean over the image is small. */
  private static final int CHAIN = 3;

  private final Network product;

  MatmulPeak() {
    NetworkBuilder net =
        new NetworkBuilder("product", new dev.espalier.search.network.Shape(SIDE, IMAGE, IMAGE));
    int last = 0;
    for (int i = 0; i < CHAIN; i++) {
      last = net.conv("product" + i, last, SIDE, 1, 1);
    }
    net.globalAveragePool("mean", last);
    this.product = net.build();
  }

  /** Operations per second, the best of some repetitions; two for each multiply-accumulate. */
  double flops() {
    try (NDManager scope = Torch.scope()) {
      NDArray left = scope.randomNormal(new Shape(SIDE, SIDE));
      NDArray right = scope.randomNormal(new Shape(SIDE, SIDE));
      double engine = best(1, () -> left.matMul(right).close());
      return Math.max(engine, oneDnn(left, right, scope));
    }
  }

  /**
   * The same product as a 1x1 convolution of a batch with as many pixels as the matrix has rows.
   */
  private double oneDnn(NDArray left, NDArray right, NDManager scope) {
    NDArray images = left.reshape(SIDE / IMAGE / IMAGE, IMAGE, IMAGE, SIDE).transpose(0, 3, 1, 2);
    LayerWeights kernel = new LayerWeights(right.reshape(SIDE, SIDE, 1, 1), null);
    Map<Integer, LayerWeights> layers = new HashMap<>();
    for (int i = 1; i <= CHAIN; i++) {
      layers.put(i, kernel);
    }
    Weights weights = new Weights(layers);
    try (NetworkProgram program =
            NetworkProgram.of(product, MemoryFormat.CHANNELS_LAST, Kernels.best());
        PreparedWeights prepared = program.forScoring(product, weights, new Statistics(Map.of()))) {
      program.score(images, prepared).close();
      return best(CHAIN, () -> program.score(images, prepared).close());
    }
  }

  private static double best(int products, Runnable work) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < REPETITIONS; i++) {
      long start = ProcessorTime.nanos();
      work.run();
      best = Math.min(best, ProcessorTime.nanos() - start);
    }
    return products * 2.0 * SIDE * SIDE * SIDE / (best / 1e9);
  }
}
