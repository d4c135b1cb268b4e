/**
 * The commands that run jobs, or train what they found.
 *
 * <p>Only the root command depends on it.
 */
@NullMarked
package dev.espalier.driver.cli.run;

import org.jspecify.annotations.NullMarked;
