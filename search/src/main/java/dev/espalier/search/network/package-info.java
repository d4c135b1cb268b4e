/**
 * What a network is: an immutable graph of layers with shapes, and the zoo of well-known ones.
 *
 * <p>Knows no tensor library and no pruning. Everything else may depend on it; it depends on the
 * JDK and, to refuse bad input, on {@code job}.
 */
@NullMarked
package dev.espalier.search.network;

import org.jspecify.annotations.NullMarked;
