/**
 * {@code espalier data}: import data sets and look at them.
 *
 * <p>Only the root command depends on it.
 */
@NullMarked
package dev.espalier.driver.cli.data;

import org.jspecify.annotations.NullMarked;
