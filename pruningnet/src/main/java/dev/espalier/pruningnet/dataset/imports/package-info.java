/**
 * Turning what people have (folders and zips of images, CIFAR files) into a packed data set.
 *
 * <p>Depends on {@code dataset} and {@code dataset.picture}; the driver's commands may depend on
 * it.
 */
@NullMarked
package dev.espalier.pruningnet.dataset.imports;

import org.jspecify.annotations.NullMarked;
