/**
 * Training one PruningNet on several workers, each with a replica of the model, which are averaged
 * every few steps.
 *
 * <p>The driver may depend on it; it depends on {@code training} and {@code meta}.
 */
@NullMarked
package dev.espalier.pruningnet.training.parallel;

import org.jspecify.annotations.NullMarked;
