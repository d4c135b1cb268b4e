/**
 * The engine: a pure step from state and event to state and actions, and the single-threaded loop
 * that drives it between the pool of workers and the journal.
 *
 * <p>Depends on {@code strategy}, {@code archive}, {@code journal}, {@code evaluation}, {@code
 * cost} and {@code random}.
 */
@NullMarked
package dev.espalier.search.run;

import org.jspecify.annotations.NullMarked;
