/**
 * The commands that look at jobs and stop them.
 *
 * <p>Only the root command depends on it.
 */
@NullMarked
package dev.espalier.driver.cli.job;

import org.jspecify.annotations.NullMarked;
