/**
 * What is kept of a search on disk: the journal, which is the truth, and checkpoints, which only
 * make resuming fast; both over the port {@link dev.espalier.search.journal.Disk}.
 *
 * <p>Depends on {@code evaluation}, {@code space} and {@code job}.
 */
@NullMarked
package dev.espalier.search.journal;

import org.jspecify.annotations.NullMarked;
