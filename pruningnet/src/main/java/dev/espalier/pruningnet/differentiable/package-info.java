/**
 * PR-DARTS: finds an architecture and the masks of its weights by gradient descent, in three
 * phases.
 *
 * <p>Driver may depend on it; it depends on {@code training}, {@code sparse}, {@code execute},
 * {@code dataset}, {@code tensor} and {@code search.architecture}.
 */
@NullMarked
package dev.espalier.pruningnet.differentiable;

import org.jspecify.annotations.NullMarked;
