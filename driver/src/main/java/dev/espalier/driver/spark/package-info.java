/**
 * Spreads evaluations over Spark: the context, one small job for every candidate, what an executor
 * keeps between tasks.
 *
 * <p>Depends on {@code worker} and the ports of {@code search.evaluation}; only {@code driver.app}
 * depends on it. The only user of Spark apart from that one.
 */
@NullMarked
package dev.espalier.driver.spark;

import org.jspecify.annotations.NullMarked;
