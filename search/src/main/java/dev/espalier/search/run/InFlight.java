package dev.espalier.search.run;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome;
import java.util.Optional;

/**
 * A candidate that was proposed and not yet told: it waits for its result, or its result waits for
 * those of earlier candidates.
 *
 * @param candidate the candidate
 * @param outcome its outcome, once it is durable
 */
public record InFlight(Candidate candidate, Optional<Outcome> outcome) {}
