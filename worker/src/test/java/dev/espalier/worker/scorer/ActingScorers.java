package dev.espalier.worker.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.request.ContentFile;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.request.ScoreInputs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scorers that act out what the structure says, in the same process: gene 0 is the act, gene 1 its
 * score. Counts what is open.
 */
public final class ActingScorers implements Scorers {

  /** Images of each of the two shards. */
  public static final int IMAGES = 1000;

  /** Throws an ordinary exception. */
  public static final Structure THROW = Structure.of(1, 0);

  /** Scores are not numbers. */
  public static final Structure NOT_FINITE = Structure.of(2, 0);

  /** The heap runs out. */
  public static final Structure OUT_OF_MEMORY = Structure.of(3, 0);

  /** Takes for ever, and asks its checkpoint often. */
  public static final Structure SLOW = Structure.of(4, 0);

  /** Takes two seconds and asks nothing. */
  public static final Structure STUCK = Structure.of(5, 0);

  private static final AtomicInteger OPEN = new AtomicInteger();

  private ActingScorers() {
    OPEN.incrementAndGet();
  }

  /** A source for Spark and for threads. */
  public static ScorerSource source() {
    return context -> new ActingScorers();
  }

  /** A structure of which so many images of each shard are correct. */
  public static Structure score(int correct) {
    return Structure.of(0, correct);
  }

  /** A context without files and without a cache. */
  public static EvaluationContext context(Duration limit) {
    return new EvaluationContext(
        new ScoreInputs("n", "w", "d", "p", "1"),
        new ContentFile("w", Path.of("weights")),
        new ContentFile("d", Path.of("dataset")),
        "p",
        "selection",
        limit,
        Optional.empty());
  }

  /** Waits until every scorer and everything they share is closed. */
  public static void awaitNothingOpen() throws InterruptedException {
    for (int attempts = 0; attempts < 500 && OPEN.get() > 0; attempts++) {
      Thread.sleep(10);
    }
    assertThat(OPEN).hasValue(0);
  }

  @Override
  public ShardScorer scorer() {
    OPEN.incrementAndGet();
    return new Actor();
  }

  @Override
  public void close() {
    OPEN.decrementAndGet();
  }

  private static final class Actor implements ShardScorer {

    @Override
    public int shards() {
      return 2;
    }

    @Override
    public PreparedStructure prepare(Structure structure, Checkpoint checkpoint) {
      return new Act(structure);
    }

    @Override
    public void close() {
      OPEN.decrementAndGet();
    }
  }

  private record Act(Structure structure) implements PreparedStructure {

    @Override
    public Statistics recalibrate(Checkpoint checkpoint) {
      return new Statistics(Map.of());
    }

    @Override
    public ShardScore score(Statistics statistics, int shard, Checkpoint checkpoint) {
      if (structure.equals(THROW)) {
        throw new IllegalStateException("an act");
      } else if (structure.equals(NOT_FINITE)) {
        return new ShardScore(0, IMAGES, 1);
      } else if (structure.equals(OUT_OF_MEMORY)) {
        throw new OutOfMemoryError("an act");
      } else if (structure.equals(STUCK) && shard == 0) {
        sleep(2_000);
      }
      while (structure.equals(SLOW)) {
        checkpoint.check();
        sleep(5);
      }
      return new ShardScore(structure.gene(1), IMAGES, 0);
    }

    @Override
    public void close() {}

    private static void sleep(long millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
