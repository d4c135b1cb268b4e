package dev.espalier.driver.report.front;

import java.util.stream.DoubleStream;

/**
 * A range of values laid out over cells, the lowest value in cell 0 and the highest in the last
 * one; where they are the same, in the middle.
 *
 * @param low lowest value
 * @param high highest value
 * @param cells number of cells
 */
record Scale(double low, double high, int cells) {

  /** The scale from the lowest to the highest of one or more values. */
  static Scale of(DoubleStream values, int cells) {
    double[] sorted = values.sorted().toArray();
    return new Scale(sorted[0], sorted[sorted.length - 1], cells);
  }

  /** Whether a value lies between the ends. */
  boolean reaches(double value) {
    return low <= value && value <= high;
  }

  /** Whether its ends are the same. */
  boolean isPoint() {
    return low == high;
  }

  /** The cell of a value between the ends. */
  int cell(double value) {
    return isPoint() ? cells / 2 : (int) Math.round((value - low) / (high - low) * (cells - 1));
  }
}
