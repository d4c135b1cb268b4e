/**
 * What a user decides before anything runs: job files, their schema, how they are read into a
 * {@code JobSpec} and explained, and where the home is.
 *
 * <p>Depends on {@code search.job}; all other packages of the driver may depend on it.
 */
@NullMarked
package dev.espalier.driver.config;

import org.jspecify.annotations.NullMarked;
