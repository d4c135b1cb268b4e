/**
 * The tensor engine: how it is started, scopes of native memory, images as tensors, parameters and
 * their files.
 *
 * <p>Every other package of this module may depend on it; it depends on DJL and on {@code
 * search.network}, {@code search.random}, {@code search.digest} and {@code search.job} only.
 */
@NullMarked
package dev.espalier.pruningnet.tensor;

import org.jspecify.annotations.NullMarked;
