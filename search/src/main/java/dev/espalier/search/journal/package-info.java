/**
 * What is kept of a search on disk: the journal, which is the truth, and checkpoints, which only
 * make resuming fast; both over the port {@link dev.espalier.search.journal.Disk}.
 *
 * <p>Depends on {@code journal.format}, {@code evaluation} and {@code job}; {@code run} depends on
 * it.
 */
@NullMarked
package dev.espalier.search.journal;

import org.jspecify.annotations.NullMarked;
