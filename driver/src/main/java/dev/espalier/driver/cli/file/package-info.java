/**
 * {@code espalier job}: write, check and explain job files.
 *
 * <p>Only the root command depends on it.
 */
@NullMarked
package dev.espalier.driver.cli.file;

import org.jspecify.annotations.NullMarked;
