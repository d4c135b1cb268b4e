/**
 * Networks made of repeated cells whose operations can be chosen, as in DARTS: the space of cells,
 * its supernet, and what is chosen.
 *
 * <p>Knows no tensor library and no training. {@code pruningnet} and driver may depend on it; it
 * depends on {@code architecture}, {@code network}, {@code job} and the JDK.
 */
@NullMarked
package dev.espalier.search.cell;

import org.jspecify.annotations.NullMarked;
