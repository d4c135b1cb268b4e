package dev.espalier.driver.report;

import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.report.Difference;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A structure after training by itself, from its generated weights.
 *
 * @param structure which one
 * @param epochs it was trained for
 * @param distillation how the unpruned network taught it; null if it did not
 * @param generated score on the selection images with generated weights, before
 * @param selection score on the images that choose structures, after
 * @param confirmation score on images that chose nothing, after
 * @param test score on the test images, after
 */
public record FineTunedView(
    StructureView structure,
    int epochs,
    JobSpec.@Nullable Distillation distillation,
    ScoreView generated,
    ScoreView selection,
    ScoreView confirmation,
    ScoreView test) {

  /** How it was trained, in words. */
  public String training() {
    String taught =
        distillation == null
            ? ""
            : ", taught with weight %s at temperature %s"
                .formatted(distillation.weight(), distillation.temperature());
    return "%d epochs%s".formatted(epochs, taught);
  }

  /**
   * Fine-tuned structures as a table, with the unpruned network above them if it is known, and
   * which one is best.
   */
  public static String text(@Nullable UnprunedView unpruned, List<FineTunedView> all) {
    Table table =
        Table.of(
            "structure",
            ">MACs",
            "",
            ">generated",
            ">selection",
            ">confirmation",
            "95% interval",
            ">test");
    for (FineTunedRow row : FineTunedRow.of(unpruned, all)) {
      table.row(
          row.id(),
          row.macs(),
          row.share(),
          row.generated(),
          row.selection(),
          row.confirmation(),
          row.interval(),
          row.test());
    }
    return all.isEmpty() ? table.toString() : "%s%n%s".formatted(table, verdict(unpruned, all));
  }

  /** The one with most selection images correct; of equal ones that with the fewest MACs. */
  public static FineTunedView best(List<FineTunedView> all) {
    return all.stream()
        .max(
            Comparator.comparingLong((FineTunedView one) -> one.selection().correct())
                .thenComparing(
                    Comparator.comparingLong((FineTunedView one) -> one.structure().macs())
                        .reversed()))
        .orElseThrow();
  }

  /**
   * Which one is best by the images that choose, and what it is worth on those that do not.
   *
   * @param all at least one
   */
  public static String verdict(@Nullable UnprunedView unpruned, List<FineTunedView> all) {
    FineTunedView best = best(all);
    return "%s is best on the selection images and has %s on %d test images%s.%n"
        .formatted(
            best.structure().id(),
            best.test(),
            best.test().images(),
            unpruned == null ? "" : ", " + against(best, unpruned));
  }

  private static String against(FineTunedView best, UnprunedView unpruned) {
    Difference difference = Difference.independent(best.test().scored(), unpruned.test().scored());
    return "%s points against the unpruned network with %s of its MACs%s"
        .formatted(
            Words.points(difference),
            Words.percent(best.structure().macsShare()),
            difference.certain() ? "" : ", which may be chance");
  }
}
