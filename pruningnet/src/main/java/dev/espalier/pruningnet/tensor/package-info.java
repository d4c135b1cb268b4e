/**
 * The tensor engine: how it is started, its threads, scopes of native memory, and images as
 * tensors.
 *
 * <p>Every other package of this module may depend on it; it depends on DJL and {@code
 * search.network} only.
 */
@NullMarked
package dev.espalier.pruningnet.tensor;

import org.jspecify.annotations.NullMarked;
