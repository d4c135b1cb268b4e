/**
 * The stages that look for structures and confirm what was found.
 *
 * <p>Depends on {@code app.plan}, {@code app.measure}, {@code app.watch} and {@code
 * driver.journal}; only {@code driver.app} depends on it.
 */
@NullMarked
package dev.espalier.driver.app.search;

import org.jspecify.annotations.NullMarked;
