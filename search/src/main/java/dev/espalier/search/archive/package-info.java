/**
 * What it means to be better in several respects at once: dominance, fronts, crowding and
 * hypervolume.
 *
 * <p>Depends on {@code cost}, {@code evaluation} and {@code job}.
 */
@NullMarked
package dev.espalier.search.archive;

import org.jspecify.annotations.NullMarked;
