package dev.espalier.pruningnet.scoring.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.scoring.script.archive.ScriptArchive;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network compiled for all its structures. Equals {@link dev.espalier.pruningnet.execute.Forward}
 * up to rounding, in one call per batch instead of one per layer, with batch norm, sums and
 * activations fused into the convolutions.
 *
 * <p>Owns native memory. Several threads may run it, but scale better with one each.
 */
public final class NetworkProgram implements AutoCloseable {

  private final NDManager memory;
  private final PtSymbolBlock module;
  private final Method recalibration;
  private final ScoringText.Written scoring;

  private NetworkProgram(
      NDManager memory, PtSymbolBlock module, Method recalibration, ScoringText.Written scoring) {
    this.memory = memory;
    this.module = module;
    this.recalibration = recalibration;
    this.scoring = scoring;
  }

  /** Compiles an unpruned network. */
  public static NetworkProgram of(Network base, MemoryFormat format, Kernels kernels) {
    Graph graph = new Graph(base);
    Method recalibration = RecalibrationText.of(graph, format, kernels);
    ScoringText.Written scoring = ScoringText.of(graph, format, kernels);
    byte[] archive =
        ScriptArchive.of(recalibration.source() + scoring.method().source(), List.of());
    NDManager memory = Torch.scope();
    try {
      PtSymbolBlock module =
          JniUtils.loadModule((PtNDManager) memory, new ByteArrayInputStream(archive), true, false);
      return new NetworkProgram(memory, module, recalibration, scoring);
    } catch (IOException e) {
      throw new UncheckedIOException("reading an array cannot fail", e);
    }
  }

  /**
   * Prepares a structure's weights for {@link #recalibrate}.
   *
   * @param pruned the structure's network
   */
  public PreparedWeights forRecalibration(Network pruned, Weights weights) {
    NDManager scope = Torch.scope();
    List<NDArray> tensors = new ArrayList<>();
    for (Node node : recalibration.slots()) {
      LayerWeights layer = weights.find(pruned.node(node.index()));
      int channels = pruned.node(node.index()).output().channels();
      tensors.add(layer == null ? scope.ones(shape(channels)) : layer.weight());
      tensors.add(
          layer == null || layer.bias() == null ? scope.zeros(shape(channels)) : layer.bias());
    }
    return new PreparedWeights(pruned, scope, tensors);
  }

  /** Prepares a structure's weights for {@link #score}, with the statistics folded in. */
  public PreparedWeights forScoring(Network pruned, Weights weights, Statistics statistics) {
    NDManager scope = Torch.scope();
    return new PreparedWeights(
        pruned, scope, scoring.tensors(new Folding(pruned, weights, statistics, scope)));
  }

  /**
   * Mean and variance that a batch had in front of each batch norm, when normalised by its own
   * statistics.
   *
   * @param images batch x channels x height x width, float32
   */
  public Statistics recalibrate(NDArray images, PreparedWeights arguments) {
    Network pruned = arguments.network();
    if (norms(pruned).isEmpty()) {
      return new Statistics(Map.of());
    }
    long[] folds = folds(pruned, images.getShape().get(0));
    float[] all;
    try (IValue x = IValue.from((PtNDArray) images);
        IValue fold = IValue.listFrom(folds);
        IValue result = IValueUtils.runMethod(module, "recalibrate", x, arguments.list(), fold);
        NDArray vector = result.toTensor((PtNDManager) images.getManager())) {
      all = vector.toFloatArray();
    }
    Map<Integer, Moments> layers = new HashMap<>();
    int start = 0;
    for (Node node : norms(pruned)) {
      int channels = node.output().channels();
      layers.put(
          node.index(),
          new Moments(
              Arrays.copyOfRange(all, start, start + channels),
              Arrays.copyOfRange(all, start + channels, start + 2 * channels)));
      start += 2 * channels;
    }
    return new Statistics(layers);
  }

  /**
   * Class scores.
   *
   * @param images batch x channels x height x width, float32
   * @return batch x classes, in the scope of the images
   */
  public NDArray score(NDArray images, PreparedWeights arguments) {
    try (IValue x = IValue.from((PtNDArray) images);
        IValue result = IValueUtils.runMethod(module, "score", x, arguments.list())) {
      return result.toTensor((PtNDManager) images.getManager());
    }
  }

  private static long[] folds(Network pruned, long batch) {
    return norms(pruned).stream()
        .mapToLong(node -> Folds.of(node.output().channels(), batch * node.output().positions()))
        .toArray();
  }

  private static List<Node> norms(Network network) {
    return network.nodes().stream()
        .filter(node -> node.layer() instanceof Layer.BatchNorm)
        .toList();
  }

  private static ai.djl.ndarray.types.Shape shape(int channels) {
    return new ai.djl.ndarray.types.Shape(channels);
  }

  @Override
  public void close() {
    module.close();
    memory.close();
  }
}
