package dev.espalier.driver.spark.training;

/** When the tasks of a round begin. Which it is changes no bit. */
public enum RoundStart {
  /**
   * All in the same moment, in a barrier stage: for workers that nobody else uses. Too few of them
   * are an error.
   */
  TOGETHER,
  /**
   * Each as soon as a worker is free: for workers that others use too, of which never so many are
   * free in the same moment.
   */
  AS_FREE
}
