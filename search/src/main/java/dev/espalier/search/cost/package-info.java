/**
 * What a structure costs, and the constraints it must meet, checked before anything is evaluated.
 *
 * <p>Depends on {@code network} and {@code space} and, to read constraints, on {@code job}.
 */
@NullMarked
package dev.espalier.search.cost;

import org.jspecify.annotations.NullMarked;
