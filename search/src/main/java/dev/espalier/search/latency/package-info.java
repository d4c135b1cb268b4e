/**
 * How long a network takes on a device, from a table of what its operations take there.
 *
 * <p>Depends on {@code network}, {@code space} and {@code cost} and, for what is wrong with a
 * table, on {@code job}.
 */
@NullMarked
package dev.espalier.search.latency;

import org.jspecify.annotations.NullMarked;
