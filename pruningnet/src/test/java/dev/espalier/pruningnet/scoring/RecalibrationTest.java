package dev.espalier.pruningnet.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.ReferenceForward;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Network;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recalibrated statistics against plain loops in double precision. */
class RecalibrationTest {

  private static final Runnable NOTHING = () -> {};

  @TempDir static Path folder;
  private static PackedDataset data;
  private static Splits splits;
  private static PruningNet net;

  @BeforeAll
  static void train() {
    data = TinyProblem.images(folder);
    splits = TinyProblem.splits(data);
    net = TinyProblem.trained(data, splits);
  }

  @AfterAll
  static void close() {
    net.close();
  }

  @Test
  void recalibrate_inBatches_poolsWhatPlainLoopsMeasureExactly() {
    Structure structure = net.space().uniform(1);
    Network pruned = net.space().apply(structure);
    EvaluationProtocol protocol = TinyProblem.protocol();
    double[][] images = scaled(protocol.recalibrationImages());
    Map<Integer, double[][]> expected = new HashMap<>();
    for (int first = 0; first < images.length; first += protocol.recalibrationBatch()) {
      int end = Math.min(images.length, first + protocol.recalibrationBatch());
      ReferenceForward reference = new ReferenceForward(pruned, arrays(structure), Map.of());
      reference.run(Arrays.copyOfRange(images, first, end));
      double share = (double) (end - first) / images.length;
      reference.measured().forEach((node, batch) -> pool(expected, node, batch, share));
    }
    Statistics found = recalibrated(structure, protocol);
    assertThat(found.layers().keySet()).isEqualTo(expected.keySet());
    expected.forEach((node, sums) -> assertClose(found.layers().get(node), sums));
  }

  @Test
  void recalibrate_inOneBatch_equalsOnePassOfPlainLoopsOverAllImages() {
    Structure structure = net.space().widest();
    EvaluationProtocol protocol =
        EvaluationProtocol.here(150, 150, 16, 60, MemoryFormat.CHANNELS_LAST);
    ReferenceForward reference =
        new ReferenceForward(net.space().apply(structure), arrays(structure), Map.of());
    reference.run(scaled(150));
    Map<Integer, double[][]> expected = new HashMap<>();
    reference.measured().forEach((node, all) -> pool(expected, node, all, 1));
    Statistics found = recalibrated(structure, protocol);
    expected.forEach((node, sums) -> assertClose(found.layers().get(node), sums));
  }

  private static Statistics recalibrated(Structure structure, EvaluationProtocol protocol) {
    try (StructureScorer scorer = StructureScorer.of(net, data, splits, protocol);
        NetworkEvaluation evaluation = scorer.prepare(structure)) {
      return evaluation.recalibrate(NOTHING);
    }
  }

  /** Adds share x mean and share x (variance + mean^2). */
  private static void pool(
      Map<Integer, double[][]> sums, int node, ReferenceForward.MeanVariance batch, double share) {
    double[][] sum = sums.computeIfAbsent(node, n -> new double[2][batch.mean().length]);
    for (int c = 0; c < batch.mean().length; c++) {
      double mean = batch.mean()[c];
      sum[0][c] += share * mean;
      sum[1][c] += share * (batch.variance()[c] + mean * mean);
    }
  }

  private static void assertClose(@Nullable Moments moments, double[][] sums) {
    Moments found = Objects.requireNonNull(moments);
    for (int c = 0; c < sums[0].length; c++) {
      double mean = sums[0][c];
      double deviation = Math.sqrt(sums[1][c] - mean * mean);
      assertThat((double) found.mean()[c]).isCloseTo(mean, within(1e-4 * deviation + 1e-6));
      assertThat(Math.sqrt(found.variance()[c]))
          .isCloseTo(deviation, within(1e-4 * deviation + 1e-6));
    }
  }

  private static double[][] scaled(int count) {
    int[] order = splits.indices(Split.TRAIN);
    int elements = (int) data.info().shape().elements();
    int positions = data.info().shape().positions();
    double[][] images = new double[count][elements];
    byte[] bytes = new byte[elements];
    for (int i = 0; i < count; i++) {
      data.copy(order[i], bytes, 0);
      for (int p = 0; p < elements; p++) {
        int c = p / positions;
        images[i][p] =
            ((bytes[p] & 0xff) / 255.0 - data.info().mean().get(c)) / data.info().std().get(c);
      }
    }
    return images;
  }

  private static Map<Integer, ReferenceForward.Arrays> arrays(Structure structure) {
    Map<Integer, ReferenceForward.Arrays> arrays = new HashMap<>();
    try (NDManager scope = Torch.scope()) {
      net.weights(structure, scope)
          .layers()
          .forEach(
              (node, layer) ->
                  arrays.put(
                      node,
                      new ReferenceForward.Arrays(
                          doubles(layer.weight()),
                          layer.bias() == null ? new double[0] : doubles(layer.bias()))));
    }
    return arrays;
  }

  private static double[] doubles(NDArray array) {
    float[] values = array.toFloatArray();
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
