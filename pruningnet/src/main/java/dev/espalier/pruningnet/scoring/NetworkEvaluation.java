package dev.espalier.pruningnet.scoring;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.scoring.script.PreparedWeights;
import dev.espalier.search.network.Network;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One set of weights while it is measured: recalibrate once, then score as many shards as wanted.
 *
 * <p>For the thread of its scorer. Owns native memory until closed.
 */
public final class NetworkEvaluation implements AutoCloseable {

  private final NetworkScorer scorer;
  private final Network network;
  private final Weights weights;
  private final NDManager memory;
  private @Nullable Statistics prepared;
  private @Nullable PreparedWeights arguments;

  /** Measures weights, and closes a scope at its end. */
  NetworkEvaluation(NetworkScorer scorer, Network network, Weights weights, NDManager memory) {
    this.scorer = scorer;
    this.network = network;
    this.weights = weights;
    this.memory = memory;
  }

  /**
   * The statistics of batch norm over the recalibration images: each batch runs normalised by its
   * own statistics, and what the batches had is pooled exactly (biased variance). They are no
   * numbers if the weights are none or activations overflow; {@link #score} then says so.
   *
   * @param betweenBatches is run before every batch; what it throws ends the work
   */
  public Statistics recalibrate(Runnable betweenBatches) {
    MomentPool pool = new MomentPool();
    try (SingleThread alone = SingleThread.enter();
        PreparedWeights plain = scorer.program().forRecalibration(network, weights)) {
      scorer.eachBatch(
          scorer.recalibrationImages(),
          scorer.protocol().recalibrationBatch(),
          betweenBatches,
          (batch, tensor) -> pool.add(batch.size(), scorer.program().recalibrate(tensor, plain)));
    }
    return pool.statistics();
  }

  /**
   * Scores one shard of a split.
   *
   * @param statistics of this network, or an {@link IllegalArgumentException} names a layer that
   *     they do not fit
   * @param shard 0 to {@link NetworkScorer#shards} - 1
   * @param betweenBatches is run before every batch; what it throws ends the work
   */
  public ShardScore score(Statistics statistics, Split split, int shard, Runnable betweenBatches) {
    ScoreCount count = new ScoreCount(network.classes());
    score(statistics, split, shard, betweenBatches, count);
    return count.answers().score();
  }

  /** Scores all images of a split. */
  public ShardScore score(Statistics statistics, Split split, Runnable betweenBatches) {
    return answers(statistics, split, betweenBatches).score();
  }

  /** Scores all images of a split, one by one. */
  public Answers answers(Statistics statistics, Split split, Runnable betweenBatches) {
    ScoreCount count = new ScoreCount(network.classes());
    for (int shard = 0; shard < scorer.shards(split); shard++) {
      score(statistics, split, shard, betweenBatches, count);
    }
    return count.answers();
  }

  /**
   * The network as it is measured with these statistics, in memory of its own.
   *
   * @param provenance what it was made from, by name
   */
  public TrainedNetwork trained(Statistics statistics, SortedMap<String, String> provenance) {
    return TrainedNetwork.of(network, weights, statistics, scorer.convention(), provenance);
  }

  private void score(
      Statistics statistics, Split split, int shard, Runnable betweenBatches, ScoreCount count) {
    int[] images = scorer.shardImages(split, shard);
    if (!isFinite(statistics)) {
      count.addNotFinite(images.length);
      return;
    }
    try (SingleThread alone = SingleThread.enter()) {
      PreparedWeights folded = fold(statistics);
      scorer.eachBatch(
          images,
          scorer.protocol().scoringBatch(),
          betweenBatches,
          (batch, tensor) -> {
            try (NDArray scores = scorer.program().score(tensor, folded)) {
              count.add(scores.toFloatArray(), batch.labels(), batch.size());
            }
          });
    }
  }

  /** Folds statistics into the weights, once for all shards. */
  private PreparedWeights fold(Statistics statistics) {
    if (arguments != null && statistics == prepared) {
      return arguments;
    }
    release();
    PreparedWeights folded = scorer.program().forScoring(network, weights, statistics);
    arguments = folded;
    prepared = statistics;
    return folded;
  }

  private static boolean isFinite(Statistics statistics) {
    for (Moments moments : statistics.layers().values()) {
      for (float mean : moments.mean()) {
        if (!Float.isFinite(mean)) {
          return false;
        }
      }
      for (float variance : moments.variance()) {
        if (!Float.isFinite(variance)) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void close() {
    release();
    memory.close();
  }

  private void release() {
    if (arguments != null) {
      arguments.close();
      arguments = null;
    }
  }
}
