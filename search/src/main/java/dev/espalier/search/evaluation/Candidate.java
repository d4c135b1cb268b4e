package dev.espalier.search.evaluation;

import dev.espalier.search.space.Structure;

/**
 * A structure that was proposed for evaluation.
 *
 * @param index its place in the order of proposal, from 0; results are applied in this order
 * @param structure what to evaluate
 */
public record Candidate(long index, Structure structure) {}
