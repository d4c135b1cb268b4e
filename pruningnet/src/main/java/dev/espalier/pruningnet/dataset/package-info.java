/**
 * Images as bytes: the packed, memory-mapped file that holds a data set and what is known of it.
 *
 * <p>Knows no tensor library and depends on {@code search} only; the rest of the PruningNet, worker
 * and driver may depend on it.
 */
@NullMarked
package dev.espalier.pruningnet.dataset;

import org.jspecify.annotations.NullMarked;
