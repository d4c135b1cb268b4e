package dev.espalier.search.run;

import dev.espalier.search.evaluation.Evaluation;

/** What happens to a search. */
public sealed interface Event {

  /** The loop begins, for the first time or again: nothing is under way. */
  record Began() implements Event {}

  /**
   * A result is durable in the journal.
   *
   * @param evaluation the result
   */
  record Returned(Evaluation evaluation) implements Event {}
}
