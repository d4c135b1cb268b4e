/**
 * Trains structures of a job by themselves, from their generated weights, and compares them.
 *
 * <p>Depends on {@code app.plan}, {@code app.together}, {@code app.measure} and {@code app.watch};
 * the last stage of a job and the command line depend on it.
 */
@NullMarked
package dev.espalier.driver.app.finetune;

import org.jspecify.annotations.NullMarked;
