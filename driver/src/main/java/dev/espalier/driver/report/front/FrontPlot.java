package dev.espalier.driver.report.front;

import dev.espalier.driver.report.text.Words;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A front drawn in ASCII: accuracy upwards, a cost to the right, each from the lowest to the
 * highest value of the structures that the search measured. The unpruned network is drawn if it
 * lies within. Of points in the same place the one with the last mark is seen.
 *
 * @param metric the cost, by its name in job files
 * @param points what is drawn
 */
public record FrontPlot(String metric, List<Point> points) {

  private static final int COLUMNS = 60;
  private static final int ROWS = 12;

  /** Copies the points. */
  public FrontPlot {
    points = List.copyOf(points);
  }

  /** What a point stands for. */
  public enum Mark {
    /** The search measured it, and a better one. */
    MEASURED('.'),
    /** The search measured it, and none is better in all that is weighed. */
    FRONT('o'),
    /** The network as it was. */
    UNPRUNED('#');

    private final char sign;

    Mark(char sign) {
      this.sign = sign;
    }

    private String legend() {
      return sign + " " + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A structure.
   *
   * @param cost of the drawn metric
   * @param accuracy on the selection images, 0 to 1
   */
  public record Point(Mark mark, long cost, double accuracy) {}

  /** The picture, every line ended; empty if nothing is measured. */
  public String text() {
    List<Point> measured = points.stream().filter(one -> one.mark() != Mark.UNPRUNED).toList();
    if (measured.isEmpty()) {
      return "";
    }
    Scale costs = Scale.of(measured.stream().mapToDouble(Point::cost), COLUMNS);
    Scale accuracies = Scale.of(measured.stream().mapToDouble(Point::accuracy), ROWS);
    List<Point> drawn =
        points.stream()
            .filter(one -> costs.reaches(one.cost()) && accuracies.reaches(one.accuracy()))
            .sorted(Comparator.comparing(Point::mark))
            .toList();
    char[][] rows = new char[ROWS][COLUMNS];
    Arrays.stream(rows).forEach(row -> Arrays.fill(row, ' '));
    for (Point one : drawn) {
      rows[accuracies.cell(one.accuracy())][costs.cell(one.cost())] = one.mark().sign;
    }
    StringBuilder text = new StringBuilder(line("accuracy", ""));
    for (int row = ROWS - 1; row >= 0; row--) {
      text.append(line(label(accuracies, row), "|" + new String(rows[row])));
    }
    return text.append(line("", "+" + "-".repeat(COLUMNS)))
        .append(line("", " " + below(costs)))
        .append(line("", " " + legend(drawn)))
        .toString();
  }

  private static String line(String label, String rest) {
    return "%8s %s".formatted(label, rest).stripTrailing() + "\n";
  }

  private static String label(Scale accuracies, int row) {
    if (row == accuracies.cell(accuracies.high())) {
      return Words.percent(accuracies.high());
    }
    return row == accuracies.cell(accuracies.low()) ? Words.percent(accuracies.low()) : "";
  }

  private String below(Scale costs) {
    String lowest = Words.count((long) costs.low());
    String low = costs.isPoint() ? "" : lowest;
    String high = costs.isPoint() ? "" : Words.count((long) costs.high());
    String middle = costs.isPoint() ? lowest + " " + metric : metric;
    int gap = COLUMNS - low.length() - middle.length() - high.length();
    return low + " ".repeat(gap / 2) + middle + " ".repeat(gap - gap / 2) + high;
  }

  private static String legend(List<Point> drawn) {
    return drawn.stream()
        .map(one -> one.mark().legend())
        .distinct()
        .collect(Collectors.joining("   "));
  }
}
