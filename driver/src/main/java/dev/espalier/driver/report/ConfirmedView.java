package dev.espalier.driver.report;

import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.report.ConfirmedStructure;
import dev.espalier.search.report.Contender.Role;
import java.util.List;
import java.util.Optional;

/**
 * A structure that was measured once more, on images that chose nothing.
 *
 * @param role why it was compared
 * @param structure what was measured
 * @param selection score on the images that choose structures: flattering for the search's own
 * @param confirmation score on images that chose nothing: the figure to compare
 * @param test score on the test images
 */
public record ConfirmedView(
    Role role,
    StructureView structure,
    ScoreView selection,
    ScoreView confirmation,
    ScoreView test) {

  /** The view of a confirmed structure. */
  public static ConfirmedView of(ConfirmedStructure confirmed, Costs full) {
    return new ConfirmedView(
        confirmed.role(),
        StructureView.of(confirmed.structure(), confirmed.costs(), full),
        ScoreView.of(confirmed.selection()),
        ScoreView.of(confirmed.confirmation()),
        ScoreView.of(confirmed.test()));
  }

  /** The first one that was compared for some reason: of those that were searched the best. */
  public static Optional<ConfirmedView> first(Role role, List<ConfirmedView> all) {
    return all.stream().filter(one -> one.role() == role).findFirst();
  }

  /** Confirmed structures as a table. */
  public static String table(List<ConfirmedView> all) {
    if (all.isEmpty()) {
      return "";
    }
    Table table =
        Table.of(
            all.get(0)
                .structure()
                .headings(
                    "",
                    "structure",
                    ">MACs",
                    "",
                    ">selection",
                    ">confirmation",
                    "95% interval",
                    ">test"));
    for (ConfirmedView one : all) {
      table.row(
          one.structure()
              .row(
                  name(one.role()),
                  one.structure().id(),
                  Words.count(one.structure().macs()),
                  Words.percent(one.structure().macsShare()),
                  Words.percent(one.selection().accuracy()),
                  Words.percent(one.confirmation().accuracy()),
                  one.confirmation().interval(),
                  Words.percent(one.test().accuracy())));
    }
    return table.toString();
  }

  /** A role in words. */
  public static String name(Role role) {
    return switch (role) {
      case SEARCHED -> "searched";
      case UNIFORM -> "uniform width";
      case RANDOM -> "best of random";
    };
  }
}
