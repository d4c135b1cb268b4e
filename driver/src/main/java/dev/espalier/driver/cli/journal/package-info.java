/**
 * {@code espalier journal}: check and repair the journals of jobs.
 *
 * <p>Only the root command depends on it.
 */
@NullMarked
package dev.espalier.driver.cli.journal;

import org.jspecify.annotations.NullMarked;
