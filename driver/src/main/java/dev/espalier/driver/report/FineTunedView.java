package dev.espalier.driver.report;

import java.util.List;

/**
 * A structure after training by itself, from its generated weights.
 *
 * @param structure which one
 * @param epochs it was trained for
 * @param generated score on the selection images with generated weights, before
 * @param selection score on the images that choose structures, after
 * @param confirmation score on images that chose nothing, after
 * @param test score on the test images, after
 */
public record FineTunedView(
    StructureView structure,
    int epochs,
    ScoreView generated,
    ScoreView selection,
    ScoreView confirmation,
    ScoreView test) {

  /** Fine-tuned structures as a table. */
  public static String table(List<FineTunedView> all) {
    Table table =
        Table.of("structure", ">MACs", "", ">generated", ">confirmation", "95% interval", ">test");
    for (FineTunedView one : all) {
      table.row(
          one.structure().id(),
          Words.count(one.structure().macs()),
          Words.percent(one.structure().macsShare()),
          Words.percent(one.generated().accuracy()),
          Words.percent(one.confirmation().accuracy()),
          one.confirmation().interval(),
          Words.percent(one.test().accuracy()));
    }
    return table.toString();
  }
}
