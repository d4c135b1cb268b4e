/**
 * Trains structures of a job by themselves, from their generated weights, and compares them.
 *
 * <p>A stage of a job and a command of its own: both keep what they find in one place.
 */
@NullMarked
package dev.espalier.driver.app.finetune;

import org.jspecify.annotations.NullMarked;
