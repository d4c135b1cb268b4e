/**
 * The named, disjoint parts that a data set is divided into before anything is trained or chosen.
 *
 * <p>Depends on {@code dataset}; {@code training}, {@code scoring}, worker and driver may depend on
 * it.
 */
@NullMarked
package dev.espalier.pruningnet.dataset.split;

import org.jspecify.annotations.NullMarked;
