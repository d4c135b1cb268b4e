package dev.espalier.driver.report;

import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import dev.espalier.search.report.Difference;
import java.util.List;

/**
 * How much more accurate one fine-tuned structure is than another, image by image.
 *
 * @param structure the one
 * @param against the other
 * @param confirmation difference on the confirmation images
 * @param test difference on the test images
 * @param both difference on the images of both
 */
public record ComparedView(
    String structure, String against, Difference confirmation, Difference test, Difference both) {

  /** Comparisons as a table, in points of accuracy. */
  public static String table(List<ComparedView> all) {
    Table table = Table.of("points of", "against", ">confirmation", ">test", ">both", "");
    for (ComparedView one : all) {
      table.row(
          one.structure(),
          one.against(),
          Words.points(one.confirmation()),
          Words.points(one.test()),
          Words.points(one.both()),
          one.both().certain() ? "" : "may be chance");
    }
    return table.toString();
  }
}
