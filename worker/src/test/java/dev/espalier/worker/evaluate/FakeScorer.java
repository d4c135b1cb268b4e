package dev.espalier.worker.evaluate;

import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.scorer.Checkpoint;
import dev.espalier.worker.scorer.PreparedStructure;
import dev.espalier.worker.scorer.ShardScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A scorer whose scores follow from the structure: of 10 images in each shard, (first gene + shard)
 * mod 10 are correct. Notes what it is asked to do.
 */
final class FakeScorer implements ShardScorer {

  int notFinite;
  final List<String> calls = new ArrayList<>();
  private final int shards;
  private final Runnable beforeScore;

  FakeScorer(int shards) {
    this(shards, () -> {});
  }

  FakeScorer(int shards, Runnable beforeScore) {
    this.shards = shards;
    this.beforeScore = beforeScore;
  }

  @Override
  public int shards() {
    return shards;
  }

  @Override
  public PreparedStructure prepare(Structure structure, Checkpoint checkpoint) {
    calls.add("prepare");
    return new PreparedStructure() {
      @Override
      public Statistics recalibrate(Checkpoint check) {
        calls.add("recalibrate");
        return statisticsOf(structure);
      }

      @Override
      public ShardScore score(Statistics statistics, int shard, Checkpoint check) {
        calls.add("score " + shard);
        beforeScore.run();
        if (!statistics.equals(statisticsOf(structure))) {
          throw new IllegalStateException("statistics of another structure");
        }
        return new ShardScore((structure.gene(0) + shard) % 10, 10 + notFinite, notFinite);
      }

      @Override
      public void close() {
        calls.add("release");
      }
    };
  }

  @Override
  public void close() {
    calls.add("close");
  }

  private static Statistics statisticsOf(Structure structure) {
    float[] mean = {structure.gene(0)};
    return new Statistics(Map.of(0, new Moments(mean, new float[] {1})));
  }
}
