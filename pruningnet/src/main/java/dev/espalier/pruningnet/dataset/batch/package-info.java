/**
 * Batches of images as bytes: in order for measuring, shuffled and augmented for training.
 *
 * <p>Depends on {@code dataset}; {@code training}, {@code scoring} and worker may depend on it.
 */
@NullMarked
package dev.espalier.pruningnet.dataset.batch;

import org.jspecify.annotations.NullMarked;
