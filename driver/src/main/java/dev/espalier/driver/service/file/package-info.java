/**
 * Single files that several processes may meet at: replaced whole, held by one owner, or read as
 * JSON.
 *
 * <p>Depends on {@code search.job} for its errors; everything of the driver may depend on it.
 */
@NullMarked
package dev.espalier.driver.service.file;

import org.jspecify.annotations.NullMarked;
