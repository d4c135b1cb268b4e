package dev.espalier.driver.spark.slice;

import java.io.Serializable;

/**
 * Hears of slices whose files are safe on the driver, on the thread that has asked for them.
 *
 * @param <R> what a slice tells
 */
@FunctionalInterface
public interface SliceListener<R extends Serializable> {

  /**
   * A slice is done.
   *
   * @param work its number, from 0
   * @return whether the work goes on
   */
  boolean done(int work, R told);
}
