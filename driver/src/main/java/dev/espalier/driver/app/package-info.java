/**
 * What a job does, one class per stage, in the order in which data flows: plan, PruningNet, gate,
 * search, confirmation, report.
 *
 * <p>The composition root: here threads, files, Spark, Hazelcast and clocks meet the engine. Knows
 * nothing of the command line; only {@code driver.cli} depends on it.
 */
@NullMarked
package dev.espalier.driver.app;

import org.jspecify.annotations.NullMarked;
