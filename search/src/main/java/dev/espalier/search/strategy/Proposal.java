package dev.espalier.search.strategy;

import dev.espalier.search.space.Structure;

/**
 * The answer of a strategy.
 *
 * @param structure the structure to try
 * @param state the strategy's state after proposing it
 * @param <S> the immutable state
 */
public record Proposal<S>(Structure structure, S state) {}
