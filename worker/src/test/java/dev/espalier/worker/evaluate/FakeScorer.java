package dev.espalier.worker.evaluate;

import dev.espalier.search.space.Structure;
import dev.espalier.worker.scorer.Checkpoint;
import dev.espalier.worker.scorer.PreparedStructure;
import dev.espalier.worker.scorer.ShardScore;
import dev.espalier.worker.scorer.ShardScorer;
import java.util.ArrayList;
import java.util.List;

/**
 * A scorer whose scores follow from the structure: of 10 images in each shard, (first gene + shard)
 * mod 10 are correct. Notes what it is asked to do.
 */
final class FakeScorer implements ShardScorer {

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
      public byte[] recalibrate(Checkpoint check) {
        calls.add("recalibrate");
        return new byte[] {(byte) structure.gene(0)};
      }

      @Override
      public ShardScore score(byte[] statistics, int shard, Checkpoint check) {
        calls.add("score " + shard);
        beforeScore.run();
        if (statistics.length != 1 || statistics[0] != structure.gene(0)) {
          throw new IllegalStateException("statistics of another structure");
        }
        return new ShardScore((structure.gene(0) + shard) % 10, 10);
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
}
