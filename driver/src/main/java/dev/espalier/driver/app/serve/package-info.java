/**
 * The service of a home: takes jobs from its queue and runs them side by side.
 *
 * <p>Depends on {@code driver.app} and {@code service.queue}; only the command line depends on it.
 */
@NullMarked
package dev.espalier.driver.app.serve;

import org.jspecify.annotations.NullMarked;
