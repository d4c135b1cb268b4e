/**
 * {@code espalier network}: bring a network of your own.
 *
 * <p>Only the root command depends on it.
 */
@NullMarked
package dev.espalier.driver.cli.network;

import org.jspecify.annotations.NullMarked;
