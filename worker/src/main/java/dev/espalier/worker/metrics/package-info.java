/**
 * Counts evaluations, their stages and the cache's answers for Prometheus.
 *
 * <p>Depends on {@code worker.evaluate}; only the driver depends on it.
 */
@NullMarked
package dev.espalier.worker.metrics;

import org.jspecify.annotations.NullMarked;
