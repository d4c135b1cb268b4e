/**
 * Fine-grained sparsity of any {@link dev.espalier.search.network.Network}: scores of its weights,
 * and the masks that keep the best of them.
 *
 * <p>{@code training}, {@code scoring}, worker and driver may depend on it; it depends on {@code
 * execute} and {@code tensor}.
 */
@NullMarked
package dev.espalier.pruningnet.sparse;

import org.jspecify.annotations.NullMarked;
