/**
 * Training a structure on from the weights that the PruningNet gives it: what it is worth in the
 * end.
 *
 * <p>Worker and driver may depend on it; it depends on {@code scoring}, {@code meta}, {@code
 * training} and {@code dataset}.
 */
@NullMarked
package dev.espalier.pruningnet.scoring.finetuning;

import org.jspecify.annotations.NullMarked;
