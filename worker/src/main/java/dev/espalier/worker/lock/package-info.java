/**
 * Files by which processes of one machine keep each other out.
 *
 * <p>Depends on nothing; {@code worker.cache} and {@code driver.service.file} depend on it.
 */
@NullMarked
package dev.espalier.worker.lock;

import org.jspecify.annotations.NullMarked;
