/**
 * The PruningNet: generators that give any structure of a search space its weights.
 *
 * <p>{@code training} and {@code scoring} may depend on it; it depends on {@code execute}, {@code
 * tensor} and {@code search}.
 */
@NullMarked
package dev.espalier.pruningnet.meta;

import org.jspecify.annotations.NullMarked;
