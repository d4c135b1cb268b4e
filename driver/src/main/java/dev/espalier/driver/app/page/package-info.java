/**
 * Gathers what the page of a job shows, and what a terminal shows of its front.
 *
 * <p>Depends on {@code app}, {@code report.front} and {@code report.page}; {@code app.live} and the
 * CLI depend on it.
 */
@NullMarked
package dev.espalier.driver.app.page;

import org.jspecify.annotations.NullMarked;
