/**
 * What may be pruned: the channel groups of a network, the genes made of them, and structures, the
 * points of that space.
 *
 * <p>Depends on {@code network} only.
 */
@NullMarked
package dev.espalier.search.space;

import org.jspecify.annotations.NullMarked;
