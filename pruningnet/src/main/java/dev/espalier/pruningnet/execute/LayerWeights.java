package dev.espalier.pruningnet.execute;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one layer, float32.
 *
 * @param weight convolution: out x in/groups x kernel x kernel; linear: out x in; batch norm: the
 *     scale, one value per channel; mixture: the alphas of its choice, one per option
 * @param bias one value per output channel, or null where the layer adds none; batch norm: the
 *     shift
 */
public record LayerWeights(NDArray weight, @Nullable NDArray bias) {}
