package dev.espalier.search.evaluation;

import dev.espalier.search.cost.Costs;
import dev.espalier.search.space.Structure;

/**
 * What the search learned from one candidate.
 *
 * @param candidate what was evaluated
 * @param costs what it costs
 * @param outcome how its evaluation ended
 */
public record Trial(Candidate candidate, Costs costs, Outcome outcome) {

  /** Its place in the order of proposal, from 0. */
  public long index() {
    return candidate.index();
  }

  /** The structure that was evaluated. */
  public Structure structure() {
    return candidate.structure();
  }

  /** Whether it was measured, that is, did not fail. */
  public boolean scored() {
    return outcome instanceof Outcome.Scored;
  }

  /** The score; an {@link IllegalStateException} where the trial failed. */
  public Outcome.Scored score() {
    if (outcome instanceof Outcome.Scored score) {
      return score;
    }
    throw new IllegalStateException("candidate %d has no score: %s".formatted(index(), outcome));
  }

  /** Share of images classified correctly, 0 to 1; as {@link #score} where it failed. */
  public double accuracy() {
    return score().accuracy();
  }
}
