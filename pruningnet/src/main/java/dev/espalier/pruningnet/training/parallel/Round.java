package dev.espalier.pruningnet.training.parallel;

import java.io.Serializable;

/**
 * What every replica does between two averages.
 *
 * @param first step, over all epochs
 * @param steps how many, of one epoch
 * @param threads of the engine for each replica
 */
public record Round(long first, int steps, int threads) implements Serializable {}
