/**
 * The operators of evolution, one final class each under its textbook name: they make structures
 * from structures, or choose among them, and know nothing of feasibility or of the search.
 *
 * <p>Depends on {@code space} only; whoever calls brings the generator of random numbers.
 */
@NullMarked
package dev.espalier.search.operator;

import org.jspecify.annotations.NullMarked;
