/**
 * What Prometheus can scrape: from a job, from a service with all its jobs, from a member of the
 * cache; on loopback unless somebody asks for more.
 *
 * <p>With {@code worker.metrics} the only home of the Prometheus client; {@code driver.app} and the
 * command line may depend on it. No label holds a digest or a path; the id of a job only while it
 * runs.
 */
@NullMarked
package dev.espalier.driver.metrics;

import org.jspecify.annotations.NullMarked;
