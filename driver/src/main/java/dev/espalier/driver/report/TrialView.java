package dev.espalier.driver.report;

import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Trial;
import java.util.List;

/**
 * A structure that the search measured.
 *
 * @param index its place in the order of proposal, from 0
 * @param structure what was measured
 * @param selection its score on the images that choose structures
 */
public record TrialView(long index, StructureView structure, ScoreView selection) {

  /** The view of a scored trial. */
  public static TrialView of(Trial trial, Costs full) {
    return new TrialView(
        trial.index(),
        StructureView.of(trial.structure(), trial.costs(), full),
        ScoreView.of(trial.score()));
  }

  /** Trials as a table. */
  public static String table(List<TrialView> trials) {
    if (trials.isEmpty()) {
      return "";
    }
    Table table =
        Table.of(
            trials
                .get(0)
                .structure()
                .headings("structure", ">accuracy", "95% interval", ">MACs", "", ">parameters"));
    for (TrialView trial : trials) {
      table.row(
          trial
              .structure()
              .row(
                  trial.structure().id(),
                  Words.percent(trial.selection().accuracy()),
                  trial.selection().interval(),
                  Words.count(trial.structure().macs()),
                  Words.percent(trial.structure().macsShare()),
                  Words.count(trial.structure().parameters())));
    }
    return table.toString();
  }
}
