package dev.espalier.search.attempt;

import dev.espalier.search.evaluation.Evaluation;

/**
 * What came of an attempt.
 *
 * @param attempt number of the attempt
 * @param evaluation how it ended
 */
public record Answer(int attempt, Evaluation evaluation) {}
