package dev.espalier.search.simulation;

import dev.espalier.search.cost.CostModel;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.journal.Disk;
import dev.espalier.search.journal.Journal;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.run.Event;
import dev.espalier.search.run.SavedSearch;
import dev.espalier.search.run.Search;
import dev.espalier.search.run.SearchListener;
import dev.espalier.search.run.SearchLoop;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.run.StateCodec;
import dev.espalier.search.space.Structure;
import dev.espalier.search.strategy.SearchStrategy;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/** Runs searches over the {@link ToyProblem}. */
public final class Simulation {

  private Simulation() {}

  /** A search of a strategy over the toy problem. */
  public static <S> Search<S> search(
      SearchStrategy<S> strategy, long seed, int budget, int window) {
    CostModel costs = ToyProblem.COSTS;
    return new Search<>(
        strategy, costs, ToyProblem.OBJECTIVES, new RandomStreams(seed), budget, window);
  }

  /** The result of a candidate. */
  public static Evaluation evaluation(Candidate candidate, Function<Structure, Outcome> score) {
    return new Evaluation(candidate, score.apply(candidate.structure()), Duration.ZERO, 0);
  }

  /** The state after the first unanswered candidate has its result. */
  public static <S> SearchState<S> answerFirst(
      Search<S> search, SearchState<S> state, Function<Structure, Outcome> score) {
    Evaluation evaluation = evaluation(state.unanswered().get(0), score);
    return search.step(state, new Event.Returned(evaluation)).state();
  }

  /** The last state of a search whose results come back in the order of proposal. */
  public static <S> SearchState<S> finish(Search<S> search, Function<Structure, Outcome> score) {
    SearchState<S> state = search.start();
    while (!search.finished(state)) {
      state = answerFirst(search, state, score);
    }
    return state;
  }

  /** Opens what is on a disk and runs the search to its end. */
  public static <S> SearchState<S> run(
      Search<S> search, Disk disk, StateCodec<S> codec, EvaluationPool pool)
      throws IOException, InterruptedException {
    Journal journal = Journal.open(disk, "toy");
    SavedSearch<S> saved = new SavedSearch<>(search, disk, codec);
    return new SearchLoop<>(saved, journal, pool, SearchListener.SILENT, () -> false).run();
  }
}
