/**
 * How files of the driver come to the workers of Spark.
 *
 * <p>Depends on {@code worker.request}; {@code driver.spark}, {@code driver.spark.training}, {@code
 * driver.spark.slice} and {@code driver.app} depend on it.
 */
@NullMarked
package dev.espalier.driver.spark.file;

import org.jspecify.annotations.NullMarked;
