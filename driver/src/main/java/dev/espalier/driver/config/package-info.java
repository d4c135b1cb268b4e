/**
 * Job files: their schema, how they are read into a {@code JobSpec}, written and explained.
 *
 * <p>Depends on {@code search.job} and the network names of the zoo; {@code driver.service}, {@code
 * driver.app} and {@code driver.cli} may depend on it.
 */
@NullMarked
package dev.espalier.driver.config;

import org.jspecify.annotations.NullMarked;
