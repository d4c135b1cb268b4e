package dev.espalier.search.run;

import java.util.List;

/**
 * What comes of an event.
 *
 * @param state the search's new state
 * @param actions what to do, in this order
 * @param <S> the strategy's state
 */
public record Step<S>(SearchState<S> state, List<Action> actions) {

  /** Copies the actions. */
  public Step {
    actions = List.copyOf(actions);
  }
}
