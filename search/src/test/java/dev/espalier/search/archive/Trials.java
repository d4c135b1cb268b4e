package dev.espalier.search.archive;

import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.space.Structure;

/** Trials by their figures. */
final class Trials {

  private Trials() {}

  static Trial scored(long index, int correctOf100, long macs, long parameters) {
    return new Trial(
        new Candidate(index, Structure.of((int) index)),
        new Costs(macs, parameters, 4 * parameters, 1),
        new Outcome.Scored(correctOf100, 100));
  }

  static Trial failed(long index) {
    return new Trial(
        new Candidate(index, Structure.of((int) index)),
        new Costs(1, 1, 4, 1),
        new Outcome.Failed(Outcome.Failed.Kind.ERROR, "planned"));
  }
}
