package dev.espalier.pruningnet.training.step;

import ai.djl.ndarray.NDArray;

/**
 * The images of a step and what they should give, in the scope of the step.
 *
 * @param images batch x channels x height x width, float32
 * @param targets batch x classes, smoothed labels
 */
public record Examples(NDArray images, NDArray targets) {}
