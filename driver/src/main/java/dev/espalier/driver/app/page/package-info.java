/**
 * Gathers what the page of a job shows.
 *
 * <p>Depends on {@code app} and {@code report.page}; only the CLI depends on it.
 */
@NullMarked
package dev.espalier.driver.app.page;

import org.jspecify.annotations.NullMarked;
