/**
 * What a job does, in the order in which data flows: {@code plan}, {@code train}, {@code measure},
 * {@code search}, and, watching all of them, {@code watch}; {@link JobStages} puts them together.
 *
 * <p>The composition root: here threads, files, Spark, Hazelcast and clocks meet the engine. Knows
 * nothing of the command line; only {@code driver.cli} depends on it.
 */
@NullMarked
package dev.espalier.driver.app;

import org.jspecify.annotations.NullMarked;
