package dev.espalier.search.attempt;

import dev.espalier.search.evaluation.Candidate;

/**
 * One try to evaluate a candidate.
 *
 * @param candidate what to evaluate
 * @param number which try it is, from 1
 */
public record Attempt(Candidate candidate, int number) {}
