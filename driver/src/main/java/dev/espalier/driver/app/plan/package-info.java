/**
 * What a job file means for a data set: network, space, costs, constraints, images; and what a job
 * has noted of all that.
 *
 * <p>Depends on {@code search}, {@code pruningnet.dataset} and {@code driver.service}; the stages
 * of a job depend on it.
 */
@NullMarked
package dev.espalier.driver.app.plan;

import org.jspecify.annotations.NullMarked;
