/**
 * The files of a search: a folder as the engine's disk, and states as bytes. Whoever opens a
 * journal here holds the job's lock.
 *
 * <p>Depends on {@code search.journal} and {@code search.run}; {@code driver.app} and {@code
 * driver.service} depend on it.
 */
@NullMarked
package dev.espalier.driver.journal;

import org.jspecify.annotations.NullMarked;
