package dev.espalier.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.simulation.Simulation;
import dev.espalier.search.simulation.ToyProblem;
import dev.espalier.search.strategy.RandomSearch;
import dev.espalier.search.strategy.RandomSearch.Nothing;
import dev.espalier.search.strategy.SearchStrategy;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTest {

  private static final SearchStrategy<Nothing> RANDOM =
      new RandomSearch(ToyProblem.halfOfTheMacs());

  private final Search<Nothing> search = Simulation.search(RANDOM, 1, 10, 3);

  private static <S> Step<S> answer(Search<S> search, SearchState<S> state, Candidate candidate) {
    return search.step(
        state, new Event.Returned(Simulation.evaluation(candidate, ToyProblem::outcome)));
  }

  @Test
  void start_window_isFullOfProposals() {
    SearchState<Nothing> state = search.start();

    assertThat(state.unanswered()).extracting(Candidate::index).containsExactly(0L, 1L, 2L);
    assertThat(search.step(state, new Event.Began()).actions())
        .containsExactlyElementsOf(state.unanswered().stream().map(Action.Submit::new).toList());
  }

  @Test
  void step_resultsOutOfOrder_areToldInTheOrderOfProposal() {
    SearchState<Nothing> state = search.start();
    List<Candidate> first = state.unanswered();

    Step<Nothing> two = answer(search, state, first.get(2));
    Step<Nothing> one = answer(search, two.state(), first.get(1));
    Step<Nothing> zero = answer(search, one.state(), first.get(0));

    assertThat(two.actions()).isEmpty();
    assertThat(one.actions()).isEmpty();
    assertThat(told(zero)).containsExactly(0L, 1L, 2L);
    assertThat(submitted(zero)).containsExactly(3L, 4L, 5L);
    assertThat(zero.state().told()).isEqualTo(3);
    assertThat(zero.state().asked()).isEqualTo(6);
  }

  @Test
  void step_theSameResultTwice_countsOnce() {
    SearchState<Nothing> state = search.start();
    List<Candidate> first = state.unanswered();
    SearchState<Nothing> waiting = answer(search, state, first.get(1)).state();
    SearchState<Nothing> told = answer(search, waiting, first.get(0)).state();

    assertThat(answer(search, waiting, first.get(1)).state()).isEqualTo(waiting);
    assertThat(answer(search, told, first.get(0)).state()).isEqualTo(told);
    assertThat(answer(search, told, first.get(1)).actions()).isEmpty();
  }

  @Test
  void step_resultOfAnotherSearch_isRefused() {
    SearchState<Nothing> state = search.start();

    assertThatIllegalStateException()
        .isThrownBy(() -> answer(search, state, new Candidate(3, ToyProblem.SPACE.widest())))
        .withMessageContaining("candidate 3");
    assertThatIllegalStateException()
        .isThrownBy(() -> answer(search, state, new Candidate(1, ToyProblem.SPACE.widest())));
  }

  @Test
  void finished_budgetSpent_isTrueAndNotBefore() {
    SearchState<Nothing> state = search.start();
    while (!search.finished(state)) {
      assertThat(state.told()).isLessThan(10);
      assertThat(state.asked()).isLessThanOrEqualTo(10);
      assertThat(state.inFlight()).hasSizeLessThanOrEqualTo(3);
      state = Simulation.answerFirst(search, state, ToyProblem::outcome);
    }

    assertThat(state.told()).isEqualTo(10);
    assertThat(state.history().trials()).extracting(Trial::index).isSorted().hasSize(10);
    assertThat(state.inFlight()).isEmpty();
  }

  @Test
  void of_partsOfAState_isTheSameState() {
    SearchState<Nothing> state = search.start();
    for (int i = 0; i < 4; i++) {
      state = Simulation.answerFirst(search, state, ToyProblem::outcome);
    }
    SearchState<Nothing> again =
        SearchState.of(
            state.strategy(),
            state.history().trials(),
            state.inFlight(),
            state.exhausted(),
            ToyProblem.OBJECTIVES);

    assertThat(again.front().front()).isEqualTo(state.front().front());
    assertThat(again.proposed().size()).isEqualTo(7);
    assertThat(again.history().trials()).isEqualTo(state.history().trials());
    assertThat(again.unanswered()).isEqualTo(state.unanswered());
  }

  @Test
  void of_noBudgetOrWindow_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Simulation.search(RANDOM, 1, 0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> Simulation.search(RANDOM, 1, 3, 0));
  }

  private static List<Long> told(Step<?> step) {
    return step.actions().stream()
        .filter(Action.Told.class::isInstance)
        .map(action -> ((Action.Told) action).trial().index())
        .toList();
  }

  private static List<Long> submitted(Step<?> step) {
    return step.actions().stream()
        .filter(Action.Submit.class::isInstance)
        .map(action -> ((Action.Submit) action).candidate().index())
        .toList();
  }
}
