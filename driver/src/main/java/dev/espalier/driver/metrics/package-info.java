/**
 * What Prometheus can scrape from a running job, on loopback only.
 *
 * <p>With {@code worker.metrics} the only home of the Prometheus client; {@code driver.app} may
 * depend on it. No label holds a digest, a path or an id.
 */
@NullMarked
package dev.espalier.driver.metrics;

import org.jspecify.annotations.NullMarked;
