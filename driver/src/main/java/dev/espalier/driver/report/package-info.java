/**
 * What people read on the screen: tables, sizes, durations, and the report of a job.
 *
 * <p>Depends on {@code search}; {@code driver.app} and {@code driver.cli} may depend on it.
 */
@NullMarked
package dev.espalier.driver.report;

import org.jspecify.annotations.NullMarked;
