/**
 * The port to weights and images: what measures one structure, shard by shard.
 *
 * <p>Depends on {@code worker.request} and on the PruningNet; {@code worker.evaluate}, {@code
 * worker.process} and the driver depend on it.
 */
@NullMarked
package dev.espalier.worker.scorer;

import org.jspecify.annotations.NullMarked;
