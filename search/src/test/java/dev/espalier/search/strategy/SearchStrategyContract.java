package dev.espalier.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.cost.Constraints;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.run.Search;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.simulation.Simulation;
import dev.espalier.search.simulation.ToyProblem;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every strategy promises the engine.
 *
 * @param <S> the strategy's state
 */
abstract class SearchStrategyContract<S> {

  private static final Costs COSTS = new Costs(1, 1, 4, 1);

  /** The strategy over a domain, with generations of 50 where it has any. */
  abstract SearchStrategy<S> strategy(Domain domain);

  @Test
  void ask_overWholeSearch_proposesNewFeasibleStructures() {
    Domain domain = ToyProblem.halfOfTheMacs();
    List<Structure> proposed = proposals(domain, 1, 400, 7);

    assertThat(proposed).hasSize(400).doesNotHaveDuplicates().allMatch(domain::allows);
  }

  @Test
  void ask_windowLargerThanAGeneration_proposesNewFeasibleStructures() {
    Domain domain = ToyProblem.halfOfTheMacs();

    assertThat(proposals(domain, 1, 300, 128))
        .hasSize(300)
        .doesNotHaveDuplicates()
        .allMatch(domain::allows);
  }

  @Test
  void ask_sameSeed_proposesTheSame() {
    Domain domain = ToyProblem.halfOfTheMacs();

    assertThat(proposals(domain, 5, 150, 9)).isEqualTo(proposals(domain, 5, 150, 9));
    assertThat(proposals(domain, 5, 150, 9)).isNotEqualTo(proposals(domain, 6, 150, 9));
  }

  @Test
  void ask_smallSpace_proposesAllOfItAndThenNothing() {
    Domain domain = new Domain(smallSpace(), any -> COSTS, Constraints.NONE);
    SearchState<S> end =
        Simulation.finish(Simulation.search(strategy(domain), 2, 100, 5), ToyProblem::outcome);

    assertThat(end.exhausted()).isTrue();
    assertThat(new HashSet<>(structures(end))).hasSize(9);
    assertThat(end.history().size()).isEqualTo(9);
  }

  @Test
  void ask_allTrialsFailed_goesOnProposing() {
    Search<S> search = Simulation.search(strategy(ToyProblem.halfOfTheMacs()), 3, 120, 5);
    SearchState<S> end =
        Simulation.finish(
            search, any -> new Outcome.Failed(Outcome.Failed.Kind.TIME_LIMIT, "too slow"));

    assertThat(end.history().size()).isEqualTo(120);
    assertThat(end.front().size()).isZero();
  }

  @Test
  void ask_sameStateTwice_givesTheSameProposal() {
    SearchStrategy<S> strategy = strategy(ToyProblem.halfOfTheMacs());
    Search<S> search = Simulation.search(strategy, 4, 90, 5);
    S learned = Simulation.finish(search, ToyProblem::outcome).strategy();
    Turn turn = new Turn(120, new RandomStreams(4), StructureSet.empty());

    assertThat(strategy.ask(learned, turn)).isEqualTo(strategy.ask(learned, turn));
  }

  @Test
  void ask_structuresThatComeFirst_areTriedFirstUnlessAllIsRandom() {
    Domain plain = ToyProblem.halfOfTheMacs();
    List<Structure> without = proposals(plain, 7, 120, 9);
    List<Structure> first = proposals(plain, 8, 5, 1);
    Domain domain = new Domain(plain.space(), plain.costs(), plain.constraints(), first);

    List<Structure> with = proposals(domain, 7, 120, 9);

    if (strategy(domain) instanceof RandomSearch) {
      assertThat(with).isEqualTo(without);
    } else {
      assertThat(with.subList(0, 5)).isEqualTo(first);
      assertThat(with).hasSize(120).doesNotHaveDuplicates().isEqualTo(proposals(domain, 7, 120, 9));
    }
  }

  private List<Structure> proposals(Domain domain, long seed, int budget, int window) {
    return structures(
        Simulation.finish(
            Simulation.search(strategy(domain), seed, budget, window), ToyProblem::outcome));
  }

  private static List<Structure> structures(SearchState<?> state) {
    return state.history().trials().stream().map(Trial::structure).toList();
  }

  /** Two genes of three choices. */
  private static SearchSpace smallSpace() {
    NetworkBuilder network = new NetworkBuilder("small", new Shape(3, 8, 8));
    int last = network.conv("c2", network.conv("c1", 0, 30, 3, 1), 30, 3, 1);
    network.conv("classes", last, 10, 8, 8);
    return SearchSpace.of(network.build(), new RatioGrid(50, 25, 3, 1));
  }
}
