/**
 * How structures get their scores: the workers on Spark, the cache, and what opens a PruningNet on
 * a worker.
 *
 * <p>Depends on {@code app.plan}, {@code driver.spark} and {@code worker}; the later stages of a
 * job depend on it.
 */
@NullMarked
package dev.espalier.driver.app.measure;

import org.jspecify.annotations.NullMarked;
