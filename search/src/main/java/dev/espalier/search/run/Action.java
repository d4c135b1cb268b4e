package dev.espalier.search.run;

import dev.espalier.search.archive.ParetoArchive;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Trial;

/** What the outside world is asked to do after a step. */
public sealed interface Action {

  /**
   * Have a candidate evaluated.
   *
   * @param candidate the candidate
   */
  record Submit(Candidate candidate) implements Action {}

  /**
   * Say that a trial was told to the strategy.
   *
   * @param trial the trial; in the order of proposal
   */
  record Told(Trial trial) implements Action {}

  /**
   * Say that the front changed.
   *
   * @param front the new front
   */
  record FrontChanged(ParetoArchive front) implements Action {}
}
