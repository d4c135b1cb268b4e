/**
 * Evaluates one structure: asks the cache, makes what is missing, sums the shards to an outcome.
 *
 * <p>Depends on {@code worker.request}, {@code worker.scorer}, {@code worker.cache} and {@code
 * worker.failure}; {@code worker.metrics} and the driver depend on it.
 */
@NullMarked
package dev.espalier.worker.evaluate;

import org.jspecify.annotations.NullMarked;
