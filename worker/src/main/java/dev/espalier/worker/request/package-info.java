/**
 * What the driver tells a worker: immutable requests that say which files and which protocol a
 * score belongs to.
 *
 * <p>Depends on {@code search} only; every package of the worker and the driver may depend on it.
 */
@NullMarked
package dev.espalier.worker.request;

import org.jspecify.annotations.NullMarked;
