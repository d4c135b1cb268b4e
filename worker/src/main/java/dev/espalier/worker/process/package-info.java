/**
 * Scorers that live in child processes, so that native code which crashes, hangs or eats the memory
 * costs one evaluation and nothing else.
 *
 * <p>Depends on {@code worker.scorer}, {@code worker.request}, {@code worker.serial} and {@code
 * worker.failure}; only the driver depends on it.
 */
@NullMarked
package dev.espalier.worker.process;

import org.jspecify.annotations.NullMarked;
