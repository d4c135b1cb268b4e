package dev.espalier.bench.comparison;

import java.util.List;
import java.util.Locale;

/**
 * A network as it was measured: one line of the file of results.
 *
 * @param contender who proposed it
 * @param kept share of its weights that it keeps
 * @param weights all of them
 * @param selection accuracy on images that choose
 * @param test accuracy on images that never do
 * @param architecture the choices in words; may be empty
 */
record Measured(
    long seed,
    String contender,
    double kept,
    long weights,
    double selection,
    double test,
    String architecture) {

  static final String HEAD = "seed\tcontender\tkept\tweights\tselection\ttest\tarchitecture";

  private static final int COLUMNS = HEAD.split("\t").length;

  /** Reads {@link #line}. */
  static Measured parse(String line) {
    List<String> cells = List.of(line.split("\t", COLUMNS));
    return new Measured(
        Long.parseLong(cells.get(0)),
        cells.get(1),
        Double.parseDouble(cells.get(2)),
        Long.parseLong(cells.get(3)),
        Double.parseDouble(cells.get(4)),
        Double.parseDouble(cells.get(5)),
        cells.get(6));
  }

  /** The line. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%d\t%s\t%s\t%d\t%.4f\t%.4f\t%s",
        seed,
        contender,
        kept,
        weights,
        selection,
        test,
        architecture);
  }
}
