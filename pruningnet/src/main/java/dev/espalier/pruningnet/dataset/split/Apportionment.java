package dev.espalier.pruningnet.dataset.split;

/**
 * Divides the images of each class among parts: the number of images of class k in part s is its
 * exact share rows[k] * columns[s] / total, rounded up or down so that every row and every column
 * still adds up ("controlled rounding": "Controlled Rounding", Cox and Ernst, 1982). Such a
 * rounding always exists; the units that rounding down leaves over are placed by augmenting paths,
 * as in bipartite matching.
 */
final class Apportionment {

  private final int[][] counts;
  private final boolean[][] fractional;
  private final boolean[][] raised;
  private final int[] room;

  private Apportionment(int[] rows, int[] columns) {
    long total = sum(rows);
    if (total != sum(columns)) {
      throw new IllegalArgumentException(
          "rows add up to %d, columns to %d".formatted(total, sum(columns)));
    }
    counts = new int[rows.length][columns.length];
    fractional = new boolean[rows.length][columns.length];
    raised = new boolean[rows.length][columns.length];
    room = columns.clone();
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < columns.length; column++) {
        long product = (long) rows[row] * columns[column];
        counts[row][column] = (int) (product / total);
        fractional[row][column] = product % total != 0;
        room[column] -= counts[row][column];
      }
    }
  }

  /**
   * The rounded shares.
   *
   * @param rows images of each class
   * @param columns images of each part, with the same sum
   * @return counts by row and column
   */
  static int[][] of(int[] rows, int[] columns) {
    Apportionment apportionment = new Apportionment(rows, columns);
    for (int row = 0; row < rows.length; row++) {
      long missing = rows[row] - sum(apportionment.counts[row]);
      for (long unit = 0; unit < missing; unit++) {
        if (!apportionment.place(row, new boolean[columns.length])) {
          throw new IllegalStateException("row %d cannot be rounded".formatted(row));
        }
      }
    }
    return apportionment.result();
  }

  private boolean place(int row, boolean[] tried) {
    for (int column = 0; column < tried.length; column++) {
      if (tried[column] || !fractional[row][column] || raised[row][column]) {
        continue;
      }
      tried[column] = true;
      if (room[column] > 0) {
        room[column]--;
        raised[row][column] = true;
        return true;
      }
      for (int other = 0; other < counts.length; other++) {
        if (raised[other][column] && place(other, tried)) {
          raised[other][column] = false;
          raised[row][column] = true;
          return true;
        }
      }
    }
    return false;
  }

  private int[][] result() {
    for (int row = 0; row < counts.length; row++) {
      for (int column = 0; column < room.length; column++) {
        if (raised[row][column]) {
          counts[row][column]++;
        }
      }
    }
    return counts;
  }

  private static long sum(int[] values) {
    long sum = 0;
    for (int value : values) {
      sum += value;
    }
    return sum;
  }
}
