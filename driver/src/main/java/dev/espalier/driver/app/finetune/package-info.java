/**
 * Trains structures of a job by themselves, from their generated weights, and compares them.
 *
 * <p>For the command line only.
 */
@NullMarked
package dev.espalier.driver.app.finetune;

import org.jspecify.annotations.NullMarked;
