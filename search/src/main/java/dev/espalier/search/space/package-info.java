/**
 * What may be pruned: the channel groups of a network, the genes made of them, and structures, the
 * points of that space.
 *
 * <p>Depends on {@code network} and, to refuse bad input, on {@code job}.
 */
@NullMarked
package dev.espalier.search.space;

import org.jspecify.annotations.NullMarked;
