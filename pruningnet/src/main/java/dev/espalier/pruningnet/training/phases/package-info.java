/**
 * Training a network to be sparse, in phases: dense, then which weights to keep, then those that
 * are kept.
 *
 * <p>{@code differentiable}, {@code scoring} and driver may depend on it; it depends on {@code
 * training} and what that depends on, and on {@code sparse}.
 */
@NullMarked
package dev.espalier.pruningnet.training.phases;

import org.jspecify.annotations.NullMarked;
