package dev.espalier.pruningnet.training.phases;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Scores;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network with weights, and scores that say which of them to keep. Owns native memory until
 * closed.
 *
 * @param weights all weights; none is masked
 * @param scores of these weights
 * @param memory owns the scores, and what else shall live as long
 */
public record SparseNetwork(NetworkParameters weights, Scores scores, NDManager memory)
    implements AutoCloseable {

  /** A network with given weights, which are closed with it, and scores of zero. */
  public static SparseNetwork of(NetworkParameters weights, Granularity granularity) {
    NDManager memory = Torch.scope();
    return new SparseNetwork(
        weights, Scores.zeros(weights.network(), granularity, weights.weights(), memory), memory);
  }

  /** A network with random weights and their magnitudes as scores. */
  public static SparseNetwork untrained(
      Network network, Granularity granularity, RandomStreams streams) {
    SparseNetwork sparse = of(NetworkParameters.untrained(network, streams), granularity);
    sparse.scoreByMagnitude();
    return sparse;
  }

  /** Sets the scores to the magnitudes of the weights as they are. */
  public void scoreByMagnitude() {
    scores.setToMagnitudes(weights.weights());
  }

  /** Weights, then scores; alphas are not among them. */
  public List<Parameter> parameters() {
    return Stream.concat(weights.weightParameters().stream(), scores.parameters().stream())
        .toList();
  }

  /**
   * The weights with all that is dropped set to 0.
   *
   * @param scope owns what has to be made
   */
  public Weights masked(Sparsity sparsity, NDManager scope) {
    return scores.masks(sparsity, scope).apply(weights.weights(), scope);
  }

  @Override
  public void close() {
    weights.close();
    memory.close();
  }
}
