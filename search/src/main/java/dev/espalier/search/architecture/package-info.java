/**
 * Spaces of networks in which a search by gradient descent decides: what they have in common, and
 * what is learned about their choices.
 *
 * <p>Knows no tensor library and no training. {@code cell}, {@code mobile}, {@code pruningnet} and
 * driver may depend on it; it depends on {@code network} and the JDK.
 */
@NullMarked
package dev.espalier.search.architecture;

import org.jspecify.annotations.NullMarked;
