package dev.espalier.driver.report;

import dev.espalier.driver.report.text.Words;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The row of a fine-tuned structure, or of the unpruned network above them, in words: what is not
 * known or does not apply is empty.
 *
 * @param id of the structure, or what people call the network
 * @param macs of one image
 * @param share of the unpruned network's MACs
 * @param epochs of its training by itself
 * @param generated accuracy on the selection images, before
 * @param selection accuracy on them, after
 * @param confirmation accuracy on images that chose nothing, after
 * @param interval of that
 * @param test accuracy on the test images, after
 */
public record FineTunedRow(
    String id,
    String macs,
    String share,
    String epochs,
    String generated,
    String selection,
    String confirmation,
    String interval,
    String test) {

  /** Those of a table. */
  public static List<FineTunedRow> of(@Nullable UnprunedView unpruned, List<FineTunedView> all) {
    return Stream.concat(
            Stream.ofNullable(unpruned).map(FineTunedRow::of), all.stream().map(FineTunedRow::of))
        .toList();
  }

  private static FineTunedRow of(UnprunedView one) {
    boolean imported = one.epochs() == 0;
    return new FineTunedRow(
        imported ? "unpruned, imported" : "unpruned",
        Words.count(one.structure().macs()),
        Words.percent(one.structure().macsShare()),
        imported ? "" : "" + one.epochs(),
        "",
        Words.percent(one.selection().accuracy()),
        Words.percent(one.confirmation().accuracy()),
        one.confirmation().interval(),
        Words.percent(one.test().accuracy()));
  }

  private static FineTunedRow of(FineTunedView one) {
    return new FineTunedRow(
        one.structure().id(),
        Words.count(one.structure().macs()),
        Words.percent(one.structure().macsShare()),
        "" + one.epochs(),
        Words.percent(one.generated().accuracy()),
        Words.percent(one.selection().accuracy()),
        Words.percent(one.confirmation().accuracy()),
        one.confirmation().interval(),
        Words.percent(one.test().accuracy()));
  }
}
