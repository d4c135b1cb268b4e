package dev.espalier.driver.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.archive.Objectives;
import dev.espalier.search.cost.Constraints;
import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.FormulaCosts;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.job.SearchSpec;
import dev.espalier.search.journal.Journal;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
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
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine over real files. */
class ResumeTest {

  private static final Objectives OBJECTIVES = Objectives.of(Metric.MACS);
  private static final SearchSpace SPACE =
      SearchSpace.of(Zoo.network("resnet20", new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING);
  private static final CostModel COSTS = FormulaCosts.of(SPACE, 1);
  private static final Search<Generations> SEARCH =
      new Search<>(
          new MetaPruningEvolution(
              new Domain(SPACE, COSTS, Constraints.NONE),
              new SearchSpec.MetaPruning(20, 5, 10, 10, 0.1)),
          COSTS,
          OBJECTIVES,
          new RandomStreams(1),
          1200,
          8);

  @TempDir Path folder;

  private static SearchState<Generations> run(Path folder, BooleanSupplier stop) throws Exception {
    try (FolderDisk disk = FolderDisk.of(folder);
        EvaluationPool pool = new QueuePool(5)) {
      var codec = new KryoStateCodec<Generations>(OBJECTIVES);
      return new SearchLoop<>(
              new SavedSearch<>(SEARCH, disk, codec),
              Journal.open(disk, "job"),
              pool,
              SearchListener.SILENT,
              stop)
          .run();
    }
  }

  @Test
  void run_stoppedAgainAndAgain_endsAsTheUnbrokenRun() throws Exception {
    SearchState<Generations> unbroken = run(folder.resolve("unbroken"), () -> false);
    SearchState<Generations> broken = null;
    int runs = 0;
    while (broken == null || !SEARCH.finished(broken)) {
      int[] turns = {100};
      broken = run(folder.resolve("broken"), () -> turns[0]-- == 0);
      runs++;
    }

    assertThat(runs).isGreaterThan(1);
    assertThat(broken.history().trials()).isEqualTo(unbroken.history().trials());
    assertThat(broken.front().front()).isEqualTo(unbroken.front().front());
    assertThat(broken.strategy()).isEqualTo(unbroken.strategy());
  }
}
