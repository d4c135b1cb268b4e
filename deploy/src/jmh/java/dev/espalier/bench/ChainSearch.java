package dev.espalier.bench;

import dev.espalier.driver.journal.FolderDisk;
import dev.espalier.driver.journal.KryoStateCodec;
import dev.espalier.search.archive.Objectives;
import dev.espalier.search.cost.Constraint;
import dev.espalier.search.cost.Constraints;
import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.FormulaCosts;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.job.SearchSpec;
import dev.espalier.search.journal.Journal;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.run.SavedSearch;
import dev.espalier.search.run.Search;
import dev.espalier.search.run.SearchListener;
import dev.espalier.search.run.SearchLoop;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.run.StateCodec;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import dev.espalier.search.strategy.Domain;
import dev.espalier.search.strategy.Generations;
import dev.espalier.search.strategy.MetaPruningEvolution;
import dev.espalier.search.strategy.NsgaII;
import dev.espalier.search.strategy.SearchStrategy;
import java.io.IOException;
import java.nio.file.Path;

/** The search of the engine's benchmarks: 50 genes, population 50, at most half of the MACs. */
final class ChainSearch {

  static final int IMAGES = 1000;

  /** What the journal of such a search says that it is made of. */
  static final String IDENTITY = "bench";

  private static final Objectives OBJECTIVES = Objectives.of(Metric.MACS);

  private ChainSearch() {}

  /**
   * A search that has not begun.
   *
   * @param strategy {@code metapruning} or {@code nsga2}
   * @param window candidates that may be in flight at once
   */
  static Search<Generations> of(String strategy, int evaluations, int window) {
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
    return new Search<>(proposer, costs, OBJECTIVES, new RandomStreams(1), evaluations, window);
  }

  /** The whole loop from its begin to its end, every result fsynced before it counts. */
  static SearchState<Generations> durable(
      Search<Generations> search, Path folder, EvaluationPool pool)
      throws IOException, InterruptedException {
    try (FolderDisk disk = FolderDisk.of(folder)) {
      var saved = new SavedSearch<>(search, disk, codec());
      Journal journal = Journal.open(disk, IDENTITY);
      return new SearchLoop<>(saved, journal, pool, SearchListener.SILENT, () -> false).run();
    }
  }

  /** What makes states of such a search into bytes. */
  static StateCodec<Generations> codec() {
    return new KryoStateCodec<>(OBJECTIVES);
  }

  /** A score out of nothing, always the same for a structure. */
  static Outcome.Scored score(Structure structure) {
    return new Outcome.Scored(Math.floorMod(structure.hashCode(), IMAGES), IMAGES);
  }
}
