/**
 * How the files of a search look, byte by byte: records, their frames, and what can be read of a
 * file that may have been cut off or damaged. Touches no disk.
 *
 * <p>Depends on {@code evaluation} and {@code space}; {@code journal} and {@code run} depend on it.
 */
@NullMarked
package dev.espalier.search.journal.format;

import org.jspecify.annotations.NullMarked;
