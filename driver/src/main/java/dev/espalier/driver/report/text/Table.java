package dev.espalier.driver.report.text;

import java.util.ArrayList;
import java.util.List;

/** Rows of text under headings, aligned in columns. Not thread-safe. */
public final class Table {

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  private record Column(String heading, boolean right) {}

  private Table(List<Column> columns) {
    this.columns = columns;
  }

  /** A table by its headings; a heading that begins with {@code >} aligns its column right. */
  public static Table of(String... headings) {
    return of(List.of(headings));
  }

  /** The same for a list of headings. */
  public static Table of(List<String> headings) {
    return new Table(
        headings.stream()
            .map(
                heading ->
                    heading.startsWith(">")
                        ? new Column(heading.substring(1), true)
                        : new Column(heading, false))
            .toList());
  }

  /** Adds a row with one value for each column. */
  public Table row(Object... values) {
    return row(List.of(values));
  }

  /** The same for a list of values. */
  public Table row(List<?> values) {
    if (values.size() != columns.size()) {
      throw new IllegalArgumentException(
          "table: %d values for %d columns".formatted(values.size(), columns.size()));
    }
    rows.add(values.stream().map(Object::toString).toList());
    return this;
  }

  /** The table, every line ended. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, columns.stream().map(Column::heading).toList());
    rows.forEach(row -> append(text, row));
    return text.toString();
  }

  private void append(StringBuilder text, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String gap = " ".repeat(width(i) - row.get(i).length());
      line.append(i == 0 ? "" : "  ")
          .append(columns.get(i).right() ? gap + row.get(i) : row.get(i) + gap);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private int width(int column) {
    return Math.max(
        columns.get(column).heading().length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }
}
