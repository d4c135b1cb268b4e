/**
 * Training on Spark: a stage of tasks for every round of replicas, and what an executor keeps
 * between two of them.
 *
 * <p>Depends on {@code driver.spark.file} and {@code pruningnet.training.parallel}; only {@code
 * driver.app} depends on it.
 */
@NullMarked
package dev.espalier.driver.spark.training;

import org.jspecify.annotations.NullMarked;
