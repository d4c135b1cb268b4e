package dev.espalier.search.journal.format;

import dev.espalier.search.evaluation.Evaluation;
import java.util.List;

/** What a journal tells, one record for each append. */
public sealed interface JournalRecord {

  /**
   * An owner opened the journal, or went on in this file.
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

    /** Copies the results; there must be at least one. */
    public Returned {
      evaluations = List.copyOf(evaluations);
      if (evaluations.isEmpty()) {
        throw new IllegalArgumentException("returned: a record needs at least one result");
      }
    }
  }

  /**
   * The file replaces the records up to one of them by the results in them, which follow.
   *
   * @param identity as in {@link Opened}
   * @param through number of the last record that is replaced
   * @param results how many follow
   */
  record Compacted(String identity, long through, long results) implements JournalRecord {}
}
