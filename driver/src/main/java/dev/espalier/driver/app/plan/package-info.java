/**
 * What a job file means for a data set: network, space, costs, constraints, images.
 *
 * <p>Depends on {@code search} and {@code pruningnet.dataset}; the stages of a job depend on it.
 */
@NullMarked
package dev.espalier.driver.app.plan;

import org.jspecify.annotations.NullMarked;
