/**
 * Running any {@link dev.espalier.search.network.Network} on given weights, layer by layer.
 *
 * <p>Knows no PruningNet and no data set. {@code meta}, {@code training} and {@code scoring} may
 * depend on it; it depends on {@code tensor} and {@code search.network}.
 */
@NullMarked
package dev.espalier.pruningnet.execute;

import org.jspecify.annotations.NullMarked;
