/**
 * The files of a running search: a folder as the engine's disk, the lock of its only owner, and
 * states as bytes.
 *
 * <p>Depends on {@code search.journal} and {@code search.run}; {@code driver.app} depends on it.
 */
@NullMarked
package dev.espalier.driver.journal;

import org.jspecify.annotations.NullMarked;
