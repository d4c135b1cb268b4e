package dev.espalier.search.strategy;

import dev.espalier.search.evaluation.Trial;
import java.util.Optional;

/**
 * Proposes structures and learns from what became of them. A strategy itself never changes: what it
 * has learned is an immutable state that goes in and comes out, so a search can be replayed,
 * checkpointed and compared.
 *
 * <p>The engine asks for proposal 0, 1, 2, ... and tells trial 0, 1, 2, ..., each in this order.
 * Proposal i is asked for when exactly max(0, i - window + 1) trials have been told, with the
 * window a setting of the job: workers stay busy, and their number and speed change nothing.
 *
 * <p>Every method is a pure function of its arguments and thread-safe.
 *
 * @param <S> the immutable state
 */
public interface SearchStrategy<S> {

  /** The state before the first proposal. */
  S start();

  /**
   * The next structure to try: feasible and not proposed before. Empty when none can be found; the
   * engine then asks no more and the search ends with the trials under way.
   */
  Optional<Proposal<S>> ask(S state, Turn turn);

  /** Learns from a trial, which may have failed; a failed structure must not become a parent. */
  S tell(S state, Trial trial);
}
