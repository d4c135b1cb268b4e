/**
 * The arithmetic of a training step: the loss and the update of the parameters.
 *
 * <p>Only {@code training}, its {@code step}, and {@code differentiable} may depend on it; it
 * depends on {@code tensor}.
 */
@NullMarked
package dev.espalier.pruningnet.training.optimizer;

import org.jspecify.annotations.NullMarked;
