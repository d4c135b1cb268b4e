/**
 * What every step of a training does, whatever it learns: takes images, and finds a loss and its
 * gradients.
 *
 * <p>{@code training} and {@code differentiable} depend on it; it depends on {@code trainee},
 * {@code optimizer}, {@code dataset}, {@code execute} and {@code tensor}.
 */
@NullMarked
package dev.espalier.pruningnet.training.step;

import org.jspecify.annotations.NullMarked;
