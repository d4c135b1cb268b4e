/**
 * {@code espalier pruningnet}: look at trained PruningNets.
 *
 * <p>Only the root command depends on it.
 */
@NullMarked
package dev.espalier.driver.cli.pruningnet;

import org.jspecify.annotations.NullMarked;
