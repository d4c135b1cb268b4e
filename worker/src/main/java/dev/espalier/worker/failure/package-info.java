/**
 * Turns what goes wrong in an evaluation into an outcome.
 *
 * <p>Depends on {@code search.evaluation} only; {@code worker.evaluate}, {@code worker.process} and
 * the driver depend on it.
 */
@NullMarked
package dev.espalier.worker.failure;

import org.jspecify.annotations.NullMarked;
