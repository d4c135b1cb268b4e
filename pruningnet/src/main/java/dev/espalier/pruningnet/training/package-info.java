/**
 * Training: the loop, its settings, its checkpoints.
 *
 * <p>{@code scoring}, worker and driver may depend on it; it depends on {@code step}, {@code
 * trainee}, {@code optimizer}, {@code meta}, {@code dataset} and {@code tensor}.
 */
@NullMarked
package dev.espalier.pruningnet.training;

import org.jspecify.annotations.NullMarked;
