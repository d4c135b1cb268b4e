/**
 * The score cache: content keys, a hardened Hazelcast member that keeps its entries in a file, and
 * its clients. It only saves work: losing it loses nothing.
 *
 * <p>Depends on {@code worker.request} and the ports of {@code search.evaluation}; the only user of
 * Hazelcast apart from the composition root.
 */
@NullMarked
package dev.espalier.worker.cache;

import org.jspecify.annotations.NullMarked;
