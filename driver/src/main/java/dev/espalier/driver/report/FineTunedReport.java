package dev.espalier.driver.report;

import dev.espalier.search.report.KendallTau;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of training structures by themselves.
 *
 * @param structures those that are done, in the order asked for
 * @param comparisons of the first of them with each of the others
 * @param agreement how far accuracy with generated weights and after training rank them alike, or
 *     null for fewer than two
 */
public record FineTunedReport(
    List<FineTunedView> structures,
    List<ComparedView> comparisons,
    @Nullable KendallTau agreement) {

  /** Copies the lists. */
  public FineTunedReport {
    structures = List.copyOf(structures);
    comparisons = List.copyOf(comparisons);
  }

  /** Structures, and how they compare. */
  public static FineTunedReport of(List<FineTunedView> structures, List<ComparedView> comparisons) {
    return new FineTunedReport(
        structures,
        comparisons,
        structures.size() < 2
            ? null
            : KendallTau.of(
                structures.stream().mapToDouble(one -> one.generated().accuracy()).toArray(),
                structures.stream().mapToDouble(one -> one.confirmation().accuracy()).toArray()));
  }

  /** As people read it. */
  public String text() {
    return agreement == null
        ? FineTunedView.table(structures)
        : String.format(
            Locale.ROOT,
            "%s%n%s%nKendall's tau between generated and trained accuracy: %.2f (p = %.3f, %d"
                + " structures)%n",
            FineTunedView.table(structures),
            ComparedView.table(comparisons),
            agreement.tau(),
            agreement.pValue(),
            structures.size());
  }
}
