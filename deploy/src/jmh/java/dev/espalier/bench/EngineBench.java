package dev.espalier.bench;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.run.Event;
import dev.espalier.search.run.Search;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.strategy.Generations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Evaluations per second of the engine alone, with evaluations that take no time: 50 genes,
 * population 50, at most half of the MACs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
public class EngineBench {

  private static final int EVALUATIONS = 10_000;

  /** The strategy. */
  @Param({"metapruning", "nsga2"})
  public String strategy = "metapruning";

  /** Candidates that may be in flight at once, and so the largest group of one fsync. */
  @Param({"8", "64"})
  public int window = 64;

  /** Measures one strategy, metapruning by default. */
  public static void main(String[] arguments) throws IOException {
    String strategy = arguments.length > 0 ? arguments[0] : "metapruning";
    org.openjdk.jmh.Main.main(new String[] {"EngineBench", "-p", "strategy=" + strategy});
  }

  private Search<Generations> search = search();
  private ScratchFolder folder = new ScratchFolder(Path.of(""));

  /** An empty folder for the journal of one search. */
  @Setup(Level.Invocation)
  public void begin() throws IOException {
    search = search();
    folder = ScratchFolder.create();
  }

  /** Removes the folder. */
  @TearDown(Level.Invocation)
  public void end() throws IOException {
    folder.close();
  }

  /** Proposing and learning, nothing kept. */
  @Benchmark
  @OperationsPerInvocation(EVALUATIONS)
  public SearchState<Generations> inMemory() {
    SearchState<Generations> state = search.start();
    while (!search.finished(state)) {
      Evaluation result = NoWork.evaluate(state.inFlight().get(0).candidate());
      state = search.step(state, new Event.Returned(result)).state();
    }
    return state;
  }

  /** The whole loop, every result fsynced before it counts. */
  @Benchmark
  @OperationsPerInvocation(EVALUATIONS)
  public SearchState<Generations> durable() throws IOException, InterruptedException {
    try (NoWork pool = new NoWork()) {
      return ChainSearch.durable(search, folder.path(), pool);
    }
  }

  private Search<Generations> search() {
    return ChainSearch.of(strategy, EVALUATIONS, window);
  }
}
