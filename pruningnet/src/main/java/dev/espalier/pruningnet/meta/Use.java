package dev.espalier.pruningnet.meta;

import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.search.space.Structure;

/**
 * A layer's weights as a structure used them in a training step.
 *
 * @param structure which structure
 * @param padding how its widths were padded
 * @param leaves its weights, which hold a gradient after the way back
 */
record Use(Structure structure, Padding padding, LayerWeights leaves) {}
