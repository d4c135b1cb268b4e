package dev.espalier.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.job.SearchSpec;
import dev.espalier.search.operator.Mutation;
import dev.espalier.search.operator.UniformCrossover;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.run.Search;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.simulation.Simulation;
import dev.espalier.search.simulation.ToyProblem;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaPruningEvolutionTest extends SearchStrategyContract<Generations> {

  private static final Domain DOMAIN = ToyProblem.halfOfTheMacs();
  private static final SearchSpec.MetaPruning SETTINGS = SearchSpec.MetaPruning.DEFAULT;

  @Override
  SearchStrategy<Generations> strategy(Domain domain) {
    return new MetaPruningEvolution(domain, SETTINGS);
  }

  @Test
  void ask_windowOfOne_isThePapersAlgorithm() {
    SearchState<Generations> end =
        Simulation.finish(Simulation.search(strategy(DOMAIN), 11, 300, 1), ToyProblem::outcome);

    assertThat(end.history().trials().stream().map(Trial::structure))
        .isEqualTo(generationAfterGeneration(11, 6));
  }

  /** The paper's loop with a barrier between generations. */
  private static List<Structure> generationAfterGeneration(long seed, int generations) {
    Mutation mutation = Mutation.of(DOMAIN.space(), 0.1);
    UniformCrossover crossover = new UniformCrossover();
    List<Structure> all = new ArrayList<>();
    StructureSet seen = StructureSet.empty();
    for (int generation = 0; generation < generations; generation++) {
      List<Structure> best = best(all, 10);
      for (int place = 0; place < 50; place++) {
        Turn turn = new Turn(all.size(), new RandomStreams(seed), seen);
        RandomGenerator random = turn.random();
        Optional<Structure> child = Optional.empty();
        if (generation > 0 && place < 25) {
          child =
              DOMAIN.child(
                  () -> mutation.mutate(best.get(random.nextInt(10)), random), turn, random);
        } else if (generation > 0) {
          child =
              DOMAIN.child(
                  () ->
                      crossover.cross(
                          best.get(random.nextInt(10)), best.get(random.nextInt(10)), random),
                  turn,
                  random);
        }
        all.add(child.or(() -> DOMAIN.random(turn, random)).orElseThrow());
        seen = seen.plus(all.get(all.size() - 1));
      }
    }
    return all;
  }

  private static List<Structure> best(List<Structure> all, int count) {
    List<Trial> trials = new ArrayList<>();
    for (Structure structure : all) {
      trials.add(trial(trials.size(), structure));
    }
    return trials.stream()
        .filter(Trial::scored)
        .sorted(Comparator.comparingDouble(Trial::accuracy).reversed())
        .limit(count)
        .map(Trial::structure)
        .toList();
  }

  private static Trial trial(long index, Structure structure) {
    return new Trial(
        new Candidate(index, structure),
        ToyProblem.COSTS.costs(structure),
        ToyProblem.outcome(structure));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 50})
  void ask_windowUpToPopulation_hasAllOfThePastGenerationsAsParentsOnceTheyAreTold(int window) {
    Search<Generations> search = Simulation.search(strategy(DOMAIN), 12, 230, window);
    SearchState<Generations> state = search.start();
    int checked = 0;
    while (!search.finished(state)) {
      long last = state.asked() - 1;
      long generation = last / 50 * 50;
      if (generation > 0 && state.told() >= generation) {
        List<Structure> past =
            state.history().trials().subList(0, (int) generation).stream()
                .map(Trial::structure)
                .toList();
        assertThat(state.strategy().parents().stream().map(Trial::structure))
            .isEqualTo(best(past, 10));
        checked++;
      }
      state = Simulation.answerFirst(search, state, ToyProblem::outcome);
    }
    assertThat(checked).isPositive();
  }

  @Test
  void tell_failedTrial_neverBecomesAParent() {
    Search<Generations> search = Simulation.search(strategy(DOMAIN), 13, 260, 20);
    SearchState<Generations> state = search.start();
    while (!search.finished(state)) {
      state = Simulation.answerFirst(search, state, ToyProblem::outcome);
      assertThat(state.strategy().parents()).allMatch(Trial::scored);
    }
    long failures = state.history().trials().stream().filter(trial -> !trial.scored()).count();
    assertThat(failures).isPositive();
  }

  @Test
  void search_onTheToyProblem_beatsRandomSearchForEverySeed() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(bestAccuracy(strategy(DOMAIN), seed))
          .as("seed %d", seed)
          .isGreaterThan(bestAccuracy(new RandomSearch(DOMAIN), seed) + 0.02);
    }
  }

  private static <S> double bestAccuracy(SearchStrategy<S> strategy, long seed) {
    SearchState<S> end =
        Simulation.finish(Simulation.search(strategy, seed, 500, 8), ToyProblem::outcome);
    return end.front().front().get(0).accuracy();
  }

  @Test
  void search_narrowBand_stillBeatsRandomSearch() {
    long macs = ToyProblem.COSTS.costs(DOMAIN.space().widest()).macs();
    Domain band = ToyProblem.between(macs * 498 / 1000, macs / 2);

    for (long seed = 1; seed <= 3; seed++) {
      assertThat(bestAccuracy(strategy(band), seed))
          .as("seed %d", seed)
          .isGreaterThan(bestAccuracy(new RandomSearch(band), seed) + 0.01);
    }
  }
}
