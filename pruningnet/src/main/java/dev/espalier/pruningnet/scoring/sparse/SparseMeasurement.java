package dev.espalier.pruningnet.scoring.sparse;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.scoring.Answers;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.NetworkScorer;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.phases.SparseNetwork;
import dev.espalier.search.network.Network;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Measures sparse networks as structures are measured: batch norm is recalibrated on training
 * images, with the weights masked, and then images are answered.
 *
 * @param data all images
 * @param splits how they are divided
 * @param protocol of the measurement
 */
public record SparseMeasurement(PackedDataset data, Splits splits, EvaluationProtocol protocol) {

  /**
   * The answers about some splits.
   *
   * @param network without open choices; it does not change
   * @param sparsity how much of it is kept
   * @param asked which splits; those that choose and those that are published are told apart by the
   *     caller
   * @param betweenBatches called before every batch; what it throws ends the measurement
   */
  public Map<Split, Answers> of(
      SparseNetwork network, Sparsity sparsity, Set<Split> asked, Runnable betweenBatches) {
    Network graph = network.weights().network();
    Map<Split, Answers> answers = new EnumMap<>(Split.class);
    try (NDManager scope = Torch.scope();
        NetworkScorer scorer = NetworkScorer.of(graph, data, splits, protocol);
        NetworkEvaluation evaluation = scorer.evaluation(graph, network.masked(sparsity, scope))) {
      Statistics statistics = evaluation.recalibrate(betweenBatches);
      for (Split split : asked) {
        answers.put(split, evaluation.answers(statistics, split, betweenBatches));
      }
    }
    return answers;
  }
}
