/**
 * Where jobs, their journals and their queue lie: folders of whole objects, on a file system or in
 * any other place that can do the same.
 *
 * <p>Depends on {@code service.file}, {@code driver.journal} and {@code search.journal}; everything
 * of the driver may depend on it.
 */
@NullMarked
package dev.espalier.driver.service.store;

import org.jspecify.annotations.NullMarked;
