package dev.espalier.search.run;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.journal.Journal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Drives a search to its end on one thread: take what the pool has finished, make it durable with
 * one append, step, submit what the steps ask for. Begins where the journal ends, so a search that
 * was stopped or killed goes on as if it had not been.
 *
 * <p>The caller opens and closes the ports, and calls {@link #run} once.
 *
 * @param <S> the strategy's state
 */
public final class SearchLoop<S> {

  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final int LEAST_TRIALS_BETWEEN_CHECKPOINTS = 500;

  private final SavedSearch<S> saved;
  private final Journal journal;
  private final EvaluationPool pool;
  private final SearchListener listener;
  private final BooleanSupplier stop;
  private final int leastBetweenCheckpoints;
  private final Search<S> search;
  private SearchState<S> state;
  private long checkpointed;

  /**
   * A loop that has read what is there of its search.
   *
   * @param saved the search and where it is kept
   * @param journal its journal, in the same folder, opened by this process
   * @param pool evaluates candidates
   * @param listener hears of progress
   * @param stop asks the loop to stop before the next result is taken; any thread may make it true
   */
  public SearchLoop(
      SavedSearch<S> saved,
      Journal journal,
      EvaluationPool pool,
      SearchListener listener,
      BooleanSupplier stop)
      throws IOException {
    this(saved, journal, pool, listener, stop, LEAST_TRIALS_BETWEEN_CHECKPOINTS);
  }

  /**
   * A loop as above.
   *
   * @param leastBetweenCheckpoints trials that at least lie between two checkpoints
   */
  public SearchLoop(
      SavedSearch<S> saved,
      Journal journal,
      EvaluationPool pool,
      SearchListener listener,
      BooleanSupplier stop,
      int leastBetweenCheckpoints)
      throws IOException {
    this.leastBetweenCheckpoints = leastBetweenCheckpoints;
    this.saved = saved;
    this.journal = journal;
    this.pool = pool;
    this.listener = listener;
    this.stop = stop;
    this.search = saved.search();
    this.state = saved.restore(listener);
    this.checkpointed = state.told();
  }

  /**
   * Runs until the search is finished or asked to stop, and saves a checkpoint at the end.
   *
   * @return the state reached; {@link Search#finished} tells whether it is the last
   * @throws IOException if a result could not be made durable; what was acknowledged is safe
   */
  public SearchState<S> run() throws IOException, InterruptedException {
    if (journal.cutBytes() > 0) {
      listener.cutOff(journal.cutBytes());
    }
    listener.began(state);
    take(new Event.Began());
    while (!search.finished(state) && !stop.getAsBoolean()) {
      List<Evaluation> fresh = fresh(pool.take(PATIENCE));
      if (!fresh.isEmpty()) {
        journal.append(fresh);
        fresh.forEach(listener::returned);
        take(fresh.stream().map(Event.Returned::new).toArray(Event[]::new));
        checkpointNowAndThen();
      }
    }
    checkpoint();
    return state;
  }

  /** The results that count, each candidate once. */
  private List<Evaluation> fresh(List<Evaluation> evaluations) {
    Set<Candidate> seen = new HashSet<>();
    return evaluations.stream()
        .filter(evaluation -> search.counts(state, evaluation))
        .filter(evaluation -> seen.add(evaluation.candidate()))
        .toList();
  }

  private void take(Event... events) {
    List<Candidate> submits = new ArrayList<>();
    for (Event event : events) {
      Step<S> step = search.step(state, event);
      state = step.state();
      for (Action action : step.actions()) {
        if (action instanceof Action.Submit submit) {
          submits.add(submit.candidate());
        } else if (action instanceof Action.Told told) {
          listener.told(told.trial());
        } else if (action instanceof Action.FrontChanged changed) {
          listener.frontChanged(changed.front());
        }
      }
    }
    if (!submits.isEmpty()) {
      pool.submit(submits);
    }
  }

  /** Ever further apart, so that writing whole states costs a constant share of the search. */
  private void checkpointNowAndThen() throws IOException {
    long trials = state.told() - checkpointed;
    if (trials >= Math.max(leastBetweenCheckpoints, checkpointed / 8)) {
      checkpoint();
      checkpointed = state.told();
    }
  }

  private void checkpoint() throws IOException {
    journal.requireOwner();
    saved.save(journal.sequence(), state);
    journal.compact();
  }
}
