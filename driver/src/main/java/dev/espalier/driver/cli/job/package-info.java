/**
 * The commands that run jobs and look at them.
 *
 * <p>Only the root command depends on it.
 */
@NullMarked
package dev.espalier.driver.cli.job;

import org.jspecify.annotations.NullMarked;
