/**
 * Files that hold what only their owner may know.
 *
 * <p>Depends on {@code search.job} for its errors; {@code worker.cache} and {@code driver.spark}
 * depend on it.
 */
@NullMarked
package dev.espalier.worker.secret;

import org.jspecify.annotations.NullMarked;
