/**
 * What a network is worth when it runs on the weights that it keeps.
 *
 * <p>Worker and driver may depend on it; it depends on {@code scoring}, {@code training.phases},
 * {@code sparse} and {@code dataset}.
 */
@NullMarked
package dev.espalier.pruningnet.scoring.sparse;

import org.jspecify.annotations.NullMarked;
