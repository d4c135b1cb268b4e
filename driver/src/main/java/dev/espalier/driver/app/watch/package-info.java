/**
 * How a job's progress reaches the screen, the status file, the log and the metrics.
 *
 * <p>Depends on {@code driver.service} and {@code driver.metrics}; all stages of a job and the
 * command line depend on it.
 */
@NullMarked
package dev.espalier.driver.app.watch;

import org.jspecify.annotations.NullMarked;
