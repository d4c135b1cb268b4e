/**
 * What it means to be better in several respects at once: dominance, fronts, crowding and
 * hypervolume.
 *
 * <p>Depends on {@code space}, {@code cost} and {@code evaluation}.
 */
@NullMarked
package dev.espalier.search.archive;

import org.jspecify.annotations.NullMarked;
