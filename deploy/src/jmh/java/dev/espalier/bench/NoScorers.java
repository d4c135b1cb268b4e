package dev.espalier.bench;

import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.scorer.Checkpoint;
import dev.espalier.worker.scorer.PreparedStructure;
import dev.espalier.worker.scorer.Scorers;
import dev.espalier.worker.scorer.ShardScorer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scorers that compute nothing: one shard, and batch-norm statistics as large as ResNet-20's. */
final class NoScorers implements Scorers, ShardScorer {

  private static final int LAYERS = 19;
  private static final int CHANNELS = 36;

  private static final Statistics STATISTICS =
      new Statistics(
          IntStream.range(0, LAYERS)
              .boxed()
              .collect(
                  Collectors.toMap(
                      layer -> layer,
                      layer -> new Moments(new float[CHANNELS], new float[CHANNELS]))));

  @Override
  public ShardScorer scorer() {
    return this;
  }

  @Override
  public int shards() {
    return 1;
  }

  @Override
  public PreparedStructure prepare(Structure structure, Checkpoint checkpoint) {
    return new Prepared(structure);
  }

  @Override
  public void close() {}

  private record Prepared(Structure structure) implements PreparedStructure {

    @Override
    public Statistics recalibrate(Checkpoint betweenBatches) {
      return STATISTICS;
    }

    @Override
    public ShardScore score(Statistics statistics, int shard, Checkpoint betweenBatches) {
      Outcome.Scored scored = ChainSearch.score(structure);
      return new ShardScore(scored.correct(), scored.images(), 0);
    }

    @Override
    public void close() {}
  }
}
