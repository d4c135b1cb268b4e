package dev.espalier.search.evaluation;

import java.time.Duration;

/**
 * A finished evaluation.
 *
 * @param candidate what was evaluated
 * @param outcome how it ended
 * @param elapsed time the worker spent, for reports only: never a reason to choose a structure
 * @param cachedImages images whose score came from the cache
 */
public record Evaluation(
    Candidate candidate, Outcome outcome, Duration elapsed, long cachedImages) {}
