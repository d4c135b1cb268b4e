/**
 * Training a PruningNet or a plain network: the loop, its optimiser, its checkpoints.
 *
 * <p>{@code scoring}, worker and driver may depend on it; it depends on {@code meta}, {@code
 * execute}, {@code dataset} and {@code tensor}.
 */
@NullMarked
package dev.espalier.pruningnet.training;

import org.jspecify.annotations.NullMarked;
