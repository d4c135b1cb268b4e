/**
 * What a network takes of energy, by how often its values move between the levels of a memory.
 *
 * <p>Depends on {@code network}, {@code space} and {@code cost} and, for what is wrong with
 * coefficients, on {@code job}.
 */
@NullMarked
package dev.espalier.search.energy;

import org.jspecify.annotations.NullMarked;
