package dev.espalier.worker.process;

import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StatisticsBytes;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.scorer.Checkpoint;
import dev.espalier.worker.scorer.PreparedStructure;
import dev.espalier.worker.scorer.ShardScorer;
import dev.espalier.worker.serial.Messages;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A scorer in a child of its own. A child with which anything went wrong is replaced at once,
 * before the next structure's time begins.
 */
final class ProcessScorer implements ShardScorer {

  private final Frame opening;
  private ChildProcess child;
  private int shards;

  /** Starts a child and waits until it is ready. */
  ProcessScorer(Frame opening) {
    this.opening = opening;
    this.child = ChildProcess.start();
    open(longestStart());
  }

  @Override
  public int shards() {
    return shards;
  }

  @Override
  public PreparedStructure prepare(Structure structure, Checkpoint checkpoint) {
    if (!child.isAlive()) {
      child = ChildProcess.start();
      open(checkpoint);
    }
    ask(new Frame(Frame.Kind.PREPARE, Messages.encode(structure)), checkpoint);
    return new Prepared();
  }

  @Override
  public void close() {
    child.close();
  }

  private void open(Checkpoint checkpoint) {
    shards = ByteBuffer.wrap(child.ask(opening, checkpoint)).getInt();
  }

  private byte[] ask(Frame request, Checkpoint checkpoint) {
    try {
      return child.ask(request, checkpoint);
    } catch (CancellationException e) {
      // Nobody waits, and there may be no next structure.
      throw e;
    } catch (RuntimeException e) {
      replace(e);
      throw e;
    }
  }

  private void replace(RuntimeException reason) {
    try {
      child = ChildProcess.start();
      open(longestStart());
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private static Checkpoint longestStart() {
    Duration longest = ProcessSource.LONGEST_START;
    long start = System.nanoTime();
    return () -> {
      if (System.nanoTime() - start > longest.toNanos()) {
        throw new IllegalStateException(
            "an evaluation process was not ready after %d s".formatted(longest.toSeconds()));
      }
    };
  }

  /** The structure that the child has at hand. */
  private final class Prepared implements PreparedStructure {

    private @Nullable Statistics current;

    @Override
    public Statistics recalibrate(Checkpoint checkpoint) {
      byte[] made = ask(new Frame(Frame.Kind.RECALIBRATE), checkpoint);
      Statistics statistics = StatisticsBytes.parse(made).orElseThrow();
      current = statistics;
      return statistics;
    }

    @Override
    public ShardScore score(Statistics statistics, int shard, Checkpoint checkpoint) {
      if (statistics != current) {
        ask(new Frame(Frame.Kind.USE, StatisticsBytes.of(statistics)), checkpoint);
        current = statistics;
      }
      byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(shard).array();
      return Messages.decode(
          ask(new Frame(Frame.Kind.SCORE, number), checkpoint), ShardScore.class);
    }

    /** The child frees its weights when it takes the next structure. */
    @Override
    public void close() {}
  }
}
