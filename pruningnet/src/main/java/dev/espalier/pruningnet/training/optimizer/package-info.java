/**
 * The arithmetic of a training step: the loss and the update of the parameters.
 *
 * <p>Only {@code training} may depend on it; it depends on {@code tensor}.
 */
@NullMarked
package dev.espalier.pruningnet.training.optimizer;

import org.jspecify.annotations.NullMarked;
