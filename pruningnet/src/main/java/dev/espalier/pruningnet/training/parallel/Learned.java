package dev.espalier.pruningnet.training.parallel;

import java.io.Serializable;

/**
 * What a replica came to in a round.
 *
 * @param model its state after the last step
 * @param losses of its steps
 */
public record Learned(ModelBytes model, double[] losses) implements Serializable {}
