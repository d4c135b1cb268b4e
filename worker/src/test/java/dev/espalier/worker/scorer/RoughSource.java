package dev.espalier.worker.scorer;

import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.request.EvaluationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Scorers that are as bad for their process as native code can be: gene 0 says how, gene 1 is a
 * score or a name.
 *
 * @param folder where a scorer that pauses writes the number of its process; if it is gone, nothing
 *     can be opened
 */
public record RoughSource(String folder) implements ScorerSource {

  /** Ends its process. */
  public static final Structure CRASH = Structure.of(1, 0);

  /** The heap runs out. */
  public static final Structure OUT_OF_MEMORY = Structure.of(2, 0);

  /** Never comes back and hears nothing. */
  public static final Structure HANG = Structure.of(3, 0);

  /** Never comes back from generating weights. */
  public static final Structure HANG_AT_ONCE = Structure.of(4, 0);

  /** Scores are not numbers. */
  public static final Structure NOT_FINITE = Structure.of(5, 0);

  /** Exit code of {@link #CRASH}. */
  public static final int CODE = 7;

  private static final long serialVersionUID = 1;
  private static final int IMAGES = 1000;
  private static final int PAUSE = 6;

  /** A source for tests that keep notes in a folder. */
  public static RoughSource in(Path folder) {
    return new RoughSource(folder.toString());
  }

  /** A structure of which so many images are correct. */
  public static Structure score(int correct) {
    return Structure.of(0, correct);
  }

  /** A structure that takes so long that its process can be killed in the middle. */
  public static Structure pause(int name) {
    return Structure.of(PAUSE, name);
  }

  /** Waits until a pausing structure is being measured. */
  public ProcessHandle awaitPause(int name) throws IOException, InterruptedException {
    Path note = note(name);
    while (!Files.exists(note)) {
      Thread.sleep(10);
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(note))).orElseThrow();
  }

  @Override
  public Scorers open(EvaluationContext context) {
    if (!Files.isDirectory(Path.of(folder))) {
      throw new BadInputException(folder + " is gone");
    }
    return new Scorers() {
      @Override
      public ShardScorer scorer() {
        return new Rough();
      }

      @Override
      public void close() {}
    };
  }

  private Path note(int name) {
    return Path.of(folder, "pause-" + name);
  }

  private final class Rough implements ShardScorer {

    @Override
    public int shards() {
      return 1;
    }

    @Override
    public PreparedStructure prepare(Structure structure, Checkpoint checkpoint) {
      if (structure.equals(HANG_AT_ONCE)) {
        hang();
      }
      return new Act(structure);
    }

    @Override
    public void close() {}
  }

  private final class Act implements PreparedStructure {

    private final Structure structure;

    Act(Structure structure) {
      this.structure = structure;
    }

    @Override
    public Statistics recalibrate(Checkpoint checkpoint) {
      return new Statistics(Map.of(3, new Moments(new float[] {0.1f}, new float[] {1})));
    }

    @Override
    public ShardScore score(Statistics statistics, int shard, Checkpoint checkpoint) {
      if (structure.equals(CRASH)) {
        Runtime.getRuntime().halt(CODE);
      } else if (structure.equals(OUT_OF_MEMORY)) {
        eat();
      } else if (structure.equals(HANG)) {
        hang();
      } else if (structure.equals(NOT_FINITE)) {
        return new ShardScore(0, IMAGES, 1);
      } else if (structure.gene(0) == PAUSE) {
        write(note(structure.gene(1)));
        hang();
      }
      return new ShardScore(structure.gene(1), IMAGES, 0);
    }

    @Override
    public void close() {}
  }

  private static void eat() {
    List<long[]> eaten = new ArrayList<>();
    while (!eaten.contains(null)) {
      eaten.add(new long[Integer.MAX_VALUE / 2]);
    }
  }

  private static void hang() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        Thread.interrupted();
      }
    }
  }

  private static void write(Path note) {
    try {
      Path written = Files.createTempFile(note.getParent(), "note", ".tmp");
      Files.writeString(written, Long.toString(ProcessHandle.current().pid()));
      Files.move(written, note);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
