/**
 * The stage that trains a PruningNet, or finds one that another job has trained.
 *
 * <p>Depends on {@code app.watch} and {@code pruningnet.training}; only {@code driver.app} and
 * {@code app.finetune} depend on it.
 */
@NullMarked
package dev.espalier.driver.app.train;

import org.jspecify.annotations.NullMarked;
