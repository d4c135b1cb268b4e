package dev.espalier.worker.scorer;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.search.space.Structure;

/**
 * Scorers whose weights come from one PruningNet, which they own.
 *
 * @param net gives the weights
 * @param data the images
 * @param splits how the images are divided
 * @param split the part that is scored
 * @param protocol how it is measured
 */
public record PruningNetScorers(
    PruningNet net, PackedDataset data, Splits splits, Split split, EvaluationProtocol protocol)
    implements Scorers {

  @Override
  public ShardScorer scorer() {
    OfSplit scorer = new OfSplit(StructureScorer.of(net, data, splits, protocol), split);
    scorer.warm(net.space().narrowest());
    return scorer;
  }

  @Override
  public void close() {
    net.close();
  }

  private record OfSplit(StructureScorer scorer, Split split) implements ShardScorer {

    /** The first calls of an engine are slow: they are spent on a structure nobody asked for. */
    void warm(Structure structure) {
      try (NetworkEvaluation evaluation = scorer.prepare(structure)) {
        evaluation.score(evaluation.recalibrate(() -> {}), split, 0, () -> {});
      }
    }

    @Override
    public int shards() {
      return scorer.shards(split);
    }

    @Override
    public PreparedStructure prepare(Structure structure, Checkpoint checkpoint) {
      return new Prepared(scorer.prepare(structure), split);
    }

    @Override
    public void close() {
      scorer.close();
    }
  }

  private record Prepared(NetworkEvaluation evaluation, Split split) implements PreparedStructure {

    @Override
    public Statistics recalibrate(Checkpoint betweenBatches) {
      return evaluation.recalibrate(betweenBatches::check);
    }

    @Override
    public ShardScore score(Statistics statistics, int shard, Checkpoint betweenBatches) {
      return evaluation.score(statistics, split, shard, betweenBatches::check);
    }

    @Override
    public void close() {
      evaluation.close();
    }
  }
}
