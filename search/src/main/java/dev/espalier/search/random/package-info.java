/**
 * The only source of randomness: one seed, split into named streams.
 *
 * <p>Depends on the JDK only.
 */
@NullMarked
package dev.espalier.search.random;

import org.jspecify.annotations.NullMarked;
