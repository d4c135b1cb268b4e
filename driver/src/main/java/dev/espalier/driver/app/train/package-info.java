/**
 * The stages that find an architecture and train a PruningNet, or take what another job has made.
 *
 * <p>Depends on {@code app.together}, {@code app.watch}, {@code driver.spark} and {@code
 * pruningnet}; only {@code driver.app} depends on it.
 */
@NullMarked
package dev.espalier.driver.app.train;

import org.jspecify.annotations.NullMarked;
