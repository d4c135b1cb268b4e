package dev.espalier.search.strategy;

import dev.espalier.search.evaluation.Trial;
import java.util.Optional;

/**
 * Draws every structure at random and learns nothing: the baseline that a strategy has to beat.
 * "Random Search for Hyper-Parameter Optimization" (2012).
 */
public final class RandomSearch implements SearchStrategy<RandomSearch.Nothing> {

  /** The state of a strategy that learns nothing. */
  public enum Nothing {
    /** Its only value. */
    NOTHING
  }

  private final Domain domain;

  /** Random search over the feasible structures of a domain. */
  public RandomSearch(Domain domain) {
    this.domain = domain;
  }

  @Override
  public Nothing start() {
    return Nothing.NOTHING;
  }

  @Override
  public Optional<Proposal<Nothing>> ask(Nothing state, Turn turn) {
    return domain.random(turn, turn.random()).map(structure -> new Proposal<>(structure, state));
  }

  @Override
  public Nothing tell(Nothing state, Trial trial) {
    return state;
  }
}
