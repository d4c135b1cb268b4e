/**
 * From workers as they are, late, lost or broken, to exactly one outcome for each candidate.
 *
 * <p>Depends on {@code evaluation}; whoever has workers depends on it.
 */
@NullMarked
package dev.espalier.search.attempt;

import org.jspecify.annotations.NullMarked;
