/**
 * Options that commands share.
 *
 * <p>Depends on {@code driver.service}; every package of the command line may depend on it.
 */
@NullMarked
package dev.espalier.driver.cli.option;

import org.jspecify.annotations.NullMarked;
