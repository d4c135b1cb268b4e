/**
 * Puts the fronts of jobs side by side.
 *
 * <p>Depends on {@code app} and {@code report.front}; only the CLI depends on it.
 */
@NullMarked
package dev.espalier.driver.app.compare;

import org.jspecify.annotations.NullMarked;
