package dev.espalier.search.run;

import dev.espalier.search.archive.Objectives;
import dev.espalier.search.cost.CostModel;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.strategy.Proposal;
import dev.espalier.search.strategy.SearchStrategy;
import dev.espalier.search.strategy.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A search as a pure function: state and event to state and actions. Results may come in any order
 * and any number of times; each counts once, in the order of proposal. Proposal i is made when
 * exactly max(0, i - window + 1) trials have been told, so what is proposed depends on the settings
 * here and on the outcomes alone.
 *
 * <p>Immutable and thread-safe.
 *
 * @param strategy what proposes
 * @param costs prices structures
 * @param objectives what the front weighs
 * @param streams the search's random streams
 * @param budget candidates to evaluate
 * @param window candidates that may be in flight at once
 * @param <S> the strategy's state
 */
public record Search<S>(
    SearchStrategy<S> strategy,
    CostModel costs,
    Objectives objectives,
    RandomStreams streams,
    int budget,
    int window) {

  /** Refuses a budget or a window of nothing. */
  public Search {
    if (budget < 1 || window < 1) {
      throw new IllegalArgumentException(
          "search: budget and window must be at least 1, found %d and %d"
              .formatted(budget, window));
    }
  }

  /** The state before the first result, with the first window of proposals made. */
  public SearchState<S> start() {
    return fill(
        SearchState.of(strategy.start(), List.of(), List.of(), false, objectives),
        new ArrayList<>());
  }

  /** Whether every trial there will be has been told. */
  public boolean finished(SearchState<S> state) {
    return state.inFlight().isEmpty() && (state.exhausted() || state.told() >= budget);
  }

  /**
   * Whether a result is the first for its candidate, and so counts.
   *
   * @throws IllegalStateException if its candidate was never proposed: it belongs to another search
   */
  public boolean counts(SearchState<S> state, Evaluation evaluation) {
    Candidate candidate = evaluation.candidate();
    if (candidate.index() < state.told()) {
      return false;
    }
    if (isInFlight(state, candidate)) {
      return state.inFlight().get(place(state, candidate)).outcome().isEmpty();
    }
    throw new IllegalStateException(
        "a result came back for candidate %d, %s, which this search did not propose"
            .formatted(candidate.index(), candidate.structure()));
  }

  /** Whether a candidate was proposed and is not told yet. */
  boolean isInFlight(SearchState<S> state, Candidate candidate) {
    return candidate.index() >= state.told()
        && candidate.index() < state.asked()
        && state.inFlight().get(place(state, candidate)).candidate().equals(candidate);
  }

  /** What comes of an event. A result that does not count changes nothing. */
  public Step<S> step(SearchState<S> state, Event event) {
    List<Action> actions = new ArrayList<>();
    SearchState<S> next = state;
    if (event instanceof Event.Began) {
      state.unanswered().forEach(candidate -> actions.add(new Action.Submit(candidate)));
    } else if (event instanceof Event.Returned returned && counts(state, returned.evaluation())) {
      Evaluation evaluation = returned.evaluation();
      int place = place(state, evaluation.candidate());
      next = tell(state.answered(place, evaluation.outcome()), actions);
    }
    return new Step<>(next, actions);
  }

  private int place(SearchState<S> state, Candidate candidate) {
    return (int) (candidate.index() - state.told());
  }

  /** Tells what has its turn and proposes anew after each, so that the window is always full. */
  private SearchState<S> tell(SearchState<S> state, List<Action> actions) {
    SearchState<S> now = state;
    while (!now.inFlight().isEmpty() && now.inFlight().get(0).outcome().isPresent()) {
      Candidate candidate = now.inFlight().get(0).candidate();
      Outcome outcome = now.inFlight().get(0).outcome().get();
      Trial trial = new Trial(candidate, costs.costs(candidate.structure()), outcome);
      SearchState<S> next = now.told(trial, strategy.tell(now.strategy(), trial));
      actions.add(new Action.Told(trial));
      if (next.front() != now.front()) {
        actions.add(new Action.FrontChanged(next.front()));
      }
      now = fill(next, actions);
    }
    return now;
  }

  /** Proposes until the window is full, the budget spent, or nothing is left to propose. */
  private SearchState<S> fill(SearchState<S> state, List<Action> actions) {
    SearchState<S> now = state;
    while (!now.exhausted() && now.inFlight().size() < window && now.asked() < budget) {
      Turn turn = new Turn(now.asked(), streams, now.proposed());
      Optional<Proposal<S>> proposal = strategy.ask(now.strategy(), turn);
      if (proposal.isEmpty()) {
        return now.withNothingLeft();
      }
      Candidate candidate = new Candidate(now.asked(), proposal.get().structure());
      if (now.proposed().contains(candidate.structure())) {
        throw new IllegalStateException("the strategy proposed " + candidate + " twice");
      }
      actions.add(new Action.Submit(candidate));
      now = now.plus(candidate, proposal.get().state());
    }
    return now;
  }
}
