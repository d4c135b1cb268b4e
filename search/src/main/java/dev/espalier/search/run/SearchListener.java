package dev.espalier.search.run;

import dev.espalier.search.archive.ParetoArchive;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Trial;

/**
 * Hears how a search goes on, for progress and metrics. Called from the loop's thread, which waits
 * meanwhile; what a listener does cannot change the search.
 */
public interface SearchListener {

  /** A listener that does nothing. */
  SearchListener SILENT = new SearchListener() {};

  /** A checkpoint could not be used; an older one or the journal alone takes its place. */
  default void checkpointSkipped(String file, String reason) {}

  /** The end of the journal was an append that a crash cut off: nothing in it was acknowledged. */
  default void cutOff(int bytes) {}

  /** The loop begins from this state: an empty one, or that of an earlier run. */
  default void began(SearchState<?> state) {}

  /** A result is durable; in the order of arrival. */
  default void returned(Evaluation evaluation) {}

  /** A trial was told to the strategy; in the order of proposal. */
  default void told(Trial trial) {}

  /** The front has changed. */
  default void frontChanged(ParetoArchive front) {}
}
