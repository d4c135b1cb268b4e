package dev.espalier.pruningnet.scoring;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;

/**
 * Measures structures with the weights that a PruningNet gives them, after "MetaPruning: Meta
 * Learning for Automatic Neural Network Channel Pruning" (2019): weights are generated once, batch
 * norm is recalibrated, accuracy is counted on images that trained nothing.
 *
 * <p>One per thread; all of them may share one PruningNet and one data set. Owns native memory
 * until closed, but not the PruningNet.
 */
public final class StructureScorer implements AutoCloseable {

  private final PruningNet net;
  private final NetworkScorer scorer;

  private StructureScorer(PruningNet net, NetworkScorer scorer) {
    this.net = net;
    this.scorer = scorer;
  }

  /**
   * Compiles the PruningNet's network.
   *
   * @throws dev.espalier.search.job.BadInputException as {@link NetworkScorer#of}
   */
  public static StructureScorer of(
      PruningNet net, PackedDataset data, Splits splits, EvaluationProtocol protocol) {
    return new StructureScorer(
        net, NetworkScorer.of(net.space().network(), data, splits, protocol));
  }

  /** The structures that it measures. */
  public SearchSpace space() {
    return net.space();
  }

  /** How it measures. */
  public EvaluationProtocol protocol() {
    return scorer.protocol();
  }

  /** Number of shards of a split. */
  public int shards(Split split) {
    return scorer.shards(split);
  }

  /**
   * Generates the weights of a structure, once for all that is then measured.
   *
   * @param structure of the PruningNet's space, or an {@link IllegalArgumentException}
   */
  public NetworkEvaluation prepare(Structure structure) {
    NDManager memory = Torch.scope();
    try (SingleThread alone = SingleThread.enter()) {
      Weights weights = net.weights(structure, memory);
      return scorer.evaluation(net.space().apply(structure), weights, memory);
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  @Override
  public void close() {
    scorer.close();
  }
}
