package dev.espalier.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.archive.Hypervolume;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.job.SearchSpec;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.simulation.Simulation;
import dev.espalier.search.simulation.ToyProblem;
import dev.espalier.search.space.Structure;
import org.junit.jupiter.api.Test;

class NsgaIITest extends SearchStrategyContract<Generations> {

  private static final Domain EVERYTHING = ToyProblem.EVERYTHING;

  @Override
  SearchStrategy<Generations> strategy(Domain domain) {
    return nsga2(domain, 50);
  }

  private static NsgaII nsga2(Domain domain, int population) {
    return new NsgaII(domain, ToyProblem.OBJECTIVES, new SearchSpec.Nsga2(population, 0.9, 0.1));
  }

  /** Accuracy in percent against MACs: front 0 is a, b, c, d; front 1 is e, f. */
  @Test
  void tell_moreThanThePopulation_keepsFrontsAndThenTheLoneliest() {
    NsgaII strategy = nsga2(EVERYTHING, 3);
    Generations state = strategy.start();
    String[] names = {"a", "e", "b", "c", "f", "d"};
    int[][] figures = {{90, 100}, {80, 100}, {60, 50}, {58, 48}, {20, 60}, {30, 10}};
    for (int i = 0; i < names.length; i++) {
      state = strategy.tell(state, trial(i, figures[i][0], figures[i][1]));
    }
    Turn turn = new Turn(6, new RandomStreams(1), StructureSet.empty());

    Generations next = strategy.ask(state, turn).orElseThrow().state();

    // a and d are the ends; of b and c, b has the wider gap: (90-58)/60 + (100-48)/90.
    assertThat(next.parents().stream().map(trial -> names[(int) trial.index()]))
        .containsExactly("a", "d", "b");
  }

  private static Trial trial(long index, int correct, long macs) {
    return new Trial(
        new Candidate(index, Structure.of((int) index)),
        new Costs(macs, 1, 4, 1),
        new Outcome.Scored(correct, 100));
  }

  @Test
  void search_accuracyAgainstMacs_hasALargerHypervolumeThanRandomSearchForEverySeed() {
    for (long seed = 1; seed <= 3; seed++) {
      assertThat(hypervolume(strategy(EVERYTHING), seed))
          .as("seed %d", seed)
          .isGreaterThan(hypervolume(new RandomSearch(EVERYTHING), seed) + 0.02);
    }
  }

  private static <S> double hypervolume(SearchStrategy<S> strategy, long seed) {
    SearchState<S> end =
        Simulation.finish(Simulation.search(strategy, seed, 600, 8), ToyProblem::outcome);
    return Hypervolume.share(end.front(), ToyProblem.COSTS.costs(ToyProblem.SPACE.widest()));
  }
}
