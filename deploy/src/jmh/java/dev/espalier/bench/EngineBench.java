package dev.espalier.bench;

import dev.espalier.driver.journal.FolderDisk;
import dev.espalier.driver.journal.KryoStateCodec;
import dev.espalier.search.archive.Objectives;
import dev.espalier.search.cost.Constraint;
import dev.espalier.search.cost.Constraints;
import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.FormulaCosts;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.job.SearchSpec;
import dev.espalier.search.journal.Journal;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.run.Event;
import dev.espalier.search.run.SavedSearch;
import dev.espalier.search.run.Search;
import dev.espalier.search.run.SearchListener;
import dev.espalier.search.run.SearchLoop;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.strategy.Domain;
import dev.espalier.search.strategy.Generations;
import dev.espalier.search.strategy.MetaPruningEvolution;
import dev.espalier.search.strategy.NsgaII;
import dev.espalier.search.strategy.SearchStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final Objectives OBJECTIVES = Objectives.of(Metric.MACS);

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
  private Path folder = Path.of("");

  /** An empty folder for the journal of one search. */
  @Setup(Level.Invocation)
  public void begin() throws IOException {
    search = search();
    folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), ".engine-bench");
  }

  /** Removes the folder. */
  @TearDown(Level.Invocation)
  public void end() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Proposing and learning, nothing kept. */
  @Benchmark
  @OperationsPerInvocation(EVALUATIONS)
  public SearchState<Generations> inMemory() {
    SearchState<Generations> state = search.start();
    while (!search.finished(state)) {
      Evaluation result = evaluate(state.inFlight().get(0).candidate());
      state = search.step(state, new Event.Returned(result)).state();
    }
    return state;
  }

  /** The whole loop, every result fsynced before it counts. */
  @Benchmark
  @OperationsPerInvocation(EVALUATIONS)
  public SearchState<Generations> durable() throws IOException, InterruptedException {
    try (FolderDisk disk = FolderDisk.of(folder);
        EvaluationPool pool = new NoWork()) {
      var saved = new SavedSearch<>(search, disk, new KryoStateCodec<>(OBJECTIVES));
      Journal journal = Journal.open(disk, "bench");
      return new SearchLoop<>(saved, journal, pool, SearchListener.SILENT, () -> false).run();
    }
  }

  private Search<Generations> search() {
    NetworkBuilder chain = new NetworkBuilder("chain50", new Shape(3, 32, 32));
    int last = 0;
    for (int i = 0; i < 50; i++) {
      last = chain.conv("conv" + i, last, 64, 3, 1);
    }
    chain.conv("classes", last, 10, 1, 1);
    SearchSpace space = SearchSpace.of(chain.build(), RatioGrid.METAPRUNING);
    CostModel costs = FormulaCosts.of(space, 1);
    long half = costs.costs(space.widest()).macs() / 2;
    Domain domain = new Domain(space, costs, Constraints.of(Constraint.atMost(Metric.MACS, half)));
    SearchStrategy<Generations> proposer =
        strategy.equals("nsga2")
            ? new NsgaII(domain, OBJECTIVES, SearchSpec.Nsga2.DEFAULT)
            : new MetaPruningEvolution(domain, SearchSpec.MetaPruning.DEFAULT);
    return new Search<>(proposer, costs, OBJECTIVES, new RandomStreams(1), EVALUATIONS, window);
  }

  private static Evaluation evaluate(Candidate candidate) {
    long correct = Math.floorMod(candidate.structure().hashCode(), 1000);
    return new Evaluation(candidate, new Outcome.Scored(correct, 1000), Duration.ZERO, 0);
  }

  /** Returns everything at once. */
  private static final class NoWork implements EvaluationPool {

    private final List<Candidate> waiting = new ArrayList<>();

    @Override
    public void submit(List<Candidate> candidates) {
      waiting.addAll(candidates);
    }

    @Override
    public List<Evaluation> take(Duration limit) {
      List<Evaluation> done = waiting.stream().map(EngineBench::evaluate).toList();
      waiting.clear();
      return done;
    }

    @Override
    public void close() {}
  }
}
