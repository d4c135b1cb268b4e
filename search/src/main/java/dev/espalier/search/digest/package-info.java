/**
 * Names made from content: two things have the same digest exactly if they are the same.
 *
 * <p>Depends on the JDK only; every package may depend on it.
 */
@NullMarked
package dev.espalier.search.digest;

import org.jspecify.annotations.NullMarked;
