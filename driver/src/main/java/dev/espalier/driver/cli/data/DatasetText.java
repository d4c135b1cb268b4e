package dev.espalier.driver.cli.data;

import dev.espalier.driver.report.text.Table;
import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.pruningnet.dataset.Partition;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Data sets as people read them. */
final class DatasetText {

  private DatasetText() {}

  /** One data set, class by class. */
  static String of(DatasetInfo info) {
    Table classes = Table.of("class", ">training images", ">test images");
    for (int i = 0; i < info.classes().size(); i++) {
      classes.row(info.classes().get(i), info.poolCounts().get(i), info.testCounts().get(i));
    }
    return "%s  %s%n  %-7s %s%n  %-7s %s%n  %-7s %s%n  %-7s %s %s %s%n%n%s"
        .formatted(
            info.name(),
            info.shape(),
            "digest",
            info.digest(),
            "mean",
            numbers(info.mean()),
            "std",
            numbers(info.std()),
            "origin",
            info.origin().kind(),
            info.origin().source(),
            info.origin().settings(),
            classes);
  }

  /** Many data sets, a line each. */
  static String of(List<DatasetInfo> all) {
    Table table =
        Table.of("data set", "shape", ">classes", ">training images", ">test images", "digest");
    for (DatasetInfo info : all) {
      table.row(
          info.name(),
          info.shape(),
          info.classes().size(),
          info.size(Partition.POOL),
          info.size(Partition.TEST),
          info.digest().substring(0, 12));
    }
    return table.toString();
  }

  private static String numbers(List<Double> values) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.4f", value))
        .collect(Collectors.joining(" "));
  }
}
