/**
 * Long works on Spark, done in slices: what one slice leaves in a folder comes back to the driver
 * and is where the next one begins, on whichever worker.
 *
 * <p>Depends on {@code driver.spark}, {@code driver.spark.file} and {@code driver.service.file};
 * only {@code driver.app} depends on it.
 */
@NullMarked
package dev.espalier.driver.spark.slice;

import org.jspecify.annotations.NullMarked;
