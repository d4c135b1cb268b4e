package dev.espalier.search.run;

import dev.espalier.search.archive.Objectives;
import dev.espalier.search.archive.ParetoArchive;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.strategy.StructureSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a search knows. The trials told so far are in {@code history}, candidates {@code
 * history.size()} and later in {@code inFlight}, in the order of proposal.
 *
 * <p>Immutable and thread-safe.
 *
 * @param strategy what the strategy has learned
 * @param history the trials told to it
 * @param inFlight the candidates proposed since
 * @param exhausted whether the strategy found nothing more to propose
 * @param proposed every structure proposed so far
 * @param front the trials that no other dominates
 * @param <S> the strategy's state
 */
public record SearchState<S>(
    S strategy,
    History history,
    List<InFlight> inFlight,
    boolean exhausted,
    StructureSet proposed,
    ParetoArchive front) {

  /** Copies the candidates. */
  public SearchState {
    inFlight = List.copyOf(inFlight);
  }

  /**
   * The state with these parts; what follows from them is worked out.
   *
   * @param objectives what the front weighs
   */
  public static <S> SearchState<S> of(
      S strategy,
      List<Trial> trials,
      List<InFlight> inFlight,
      boolean exhausted,
      Objectives objectives) {
    History history = History.empty();
    StructureSet proposed = StructureSet.empty();
    ParetoArchive front = ParetoArchive.empty(objectives);
    for (Trial trial : trials) {
      history = history.plus(trial);
      proposed = proposed.plus(trial.structure());
      front = front.plus(trial);
    }
    for (InFlight candidate : inFlight) {
      proposed = proposed.plus(candidate.candidate().structure());
    }
    return new SearchState<>(strategy, history, inFlight, exhausted, proposed, front);
  }

  /** Number of trials told, which is the index of the next one. */
  public long told() {
    return history.size();
  }

  /** Number of candidates proposed, which is the index of the next one. */
  public long asked() {
    return told() + inFlight.size();
  }

  /** The candidates that have no durable result. */
  public List<Candidate> unanswered() {
    return inFlight.stream()
        .filter(waiting -> waiting.outcome().isEmpty())
        .map(InFlight::candidate)
        .toList();
  }

  /** This state once its strategy has nothing more to propose. */
  SearchState<S> withNothingLeft() {
    return new SearchState<>(strategy, history, inFlight, true, proposed, front);
  }

  /** This state with one more candidate in flight. */
  SearchState<S> plus(Candidate candidate, S next) {
    List<InFlight> longer = new ArrayList<>(inFlight);
    longer.add(new InFlight(candidate, Optional.empty()));
    StructureSet more = proposed.plus(candidate.structure());
    return new SearchState<>(next, history, longer, exhausted, more, front);
  }

  /** This state with the outcome of the candidate at a place in flight. */
  SearchState<S> answered(int place, Outcome outcome) {
    List<InFlight> answered = new ArrayList<>(inFlight);
    answered.set(place, new InFlight(inFlight.get(place).candidate(), Optional.of(outcome)));
    return new SearchState<>(strategy, history, answered, exhausted, proposed, front);
  }

  /** This state after the first candidate in flight became a trial. */
  SearchState<S> told(Trial trial, S next) {
    return new SearchState<>(
        next,
        history.plus(trial),
        inFlight.subList(1, inFlight.size()),
        exhausted,
        proposed,
        front.plus(trial));
  }
}
