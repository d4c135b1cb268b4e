/**
 * Structures of a job as files that other programs run, each checked before it is there, and what
 * such files are worth: their answers and their speed.
 *
 * <p>Depends on {@code app}, {@code app.measure} and {@code app.finetune}; only the CLI depends on
 * it.
 */
@NullMarked
package dev.espalier.driver.app.export;

import org.jspecify.annotations.NullMarked;
