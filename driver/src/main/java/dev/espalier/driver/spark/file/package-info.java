/**
 * How files of the driver come to the workers of Spark.
 *
 * <p>Depends on {@code worker.request}; {@code driver.spark} and {@code driver.spark.training}
 * depend on it.
 */
@NullMarked
package dev.espalier.driver.spark.file;

import org.jspecify.annotations.NullMarked;
