package dev.espalier.search.journal;

import dev.espalier.search.evaluation.Evaluation;
import java.util.List;

/** What a journal tells, one record for each append. */
public sealed interface JournalRecord {

  /**
   * An owner opened the journal.
   *
   * @param identity what the search is made of, such as a digest of its job; never changes
   */
  record Opened(String identity) implements JournalRecord {}

  /**
   * Results came back, in this order. All results of one group commit are one record, so that they
   * are durable together or not at all.
   *
   * @param evaluations at least one
   */
  record Returned(List<Evaluation> evaluations) implements JournalRecord {

    /** Copies the results and refuses none. */
    public Returned {
      evaluations = List.copyOf(evaluations);
      if (evaluations.isEmpty()) {
        throw new IllegalArgumentException("returned: a record needs at least one result");
      }
    }
  }
}
