/**
 * What can be trained: a PruningNet, a plain network, or its scores, and what one step shows it.
 *
 * <p>{@code training} and {@code scoring} depend on it; it depends on {@code meta}, {@code sparse},
 * {@code execute} and {@code tensor}.
 */
@NullMarked
package dev.espalier.pruningnet.training.trainee;

import org.jspecify.annotations.NullMarked;
