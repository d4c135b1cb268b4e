/**
 * The data sets of a home, by name.
 *
 * <p>Depends on {@code pruningnet.dataset}; {@code driver.app} and {@code driver.cli} may depend on
 * it.
 */
@NullMarked
package dev.espalier.driver.service.data;

import org.jspecify.annotations.NullMarked;
