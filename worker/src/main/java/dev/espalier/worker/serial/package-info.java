/**
 * The bytes that driver and workers exchange: Kryo 5, only registered classes, ids that never
 * change.
 *
 * <p>Depends on {@code worker.request}, {@code worker.evaluate} and {@code search.evaluation};
 * {@code worker.process} and the driver depend on it.
 */
@NullMarked
package dev.espalier.worker.serial;

import org.jspecify.annotations.NullMarked;
