package dev.espalier.search.report;

import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.space.Structure;

/**
 * A structure with its three scores, each of which has its interval.
 *
 * @param role why it was compared
 * @param structure what was measured
 * @param costs what it costs
 * @param selection score on the images that chose structures: flattering for the search's own
 * @param confirmation score on images that chose nothing: the figure to compare
 * @param test score on the test images
 */
public record ConfirmedStructure(
    Contender.Role role,
    Structure structure,
    Costs costs,
    Scored selection,
    Scored confirmation,
    Scored test) {}
