package dev.espalier.driver.report;

import dev.espalier.search.report.Contender.Role;
import dev.espalier.search.report.Difference;
import java.util.Optional;

/**
 * A report as people read it, as far as the job went.
 *
 * @param report what the job found
 */
record ReportText(JobReport report) {

  String text() {
    if (report.widest() == null) {
      return unsearched();
    }
    return "%s of %s over %s: %d structures measured, %d failed, %d cache hits%n%n%s%n%s%s"
        .formatted(
            report.made().strategy(),
            report.made().network(),
            report.made().data(),
            report.effort().evaluations(),
            report.effort().failures(),
            report.effort().cacheHits(),
            report.confirmed().isEmpty()
                ? TrialView.table(report.front())
                : ConfirmedView.table(report.confirmed()),
            verdict(),
            fineTuned());
  }

  private String unsearched() {
    String net = report.made().digests().get("pruningNet");
    return "%s over %s: %s MACs, %s parameters; nothing was searched%n%s%s"
        .formatted(
            report.made().network(),
            report.made().data(),
            Words.count(report.full().macs()),
            Words.count(report.full().parameters()),
            line("Architecture", report.made().architecture()),
            line("PruningNet", net == null ? "" : net));
  }

  private static String line(String name, String value) {
    return value.isEmpty() ? "" : "%s: %s%n".formatted(name, value);
  }

  /** What the confirmed figures say, in a sentence. */
  private String verdict() {
    if (report.front().isEmpty()) {
      return "No structure could be measured.%n".formatted();
    }
    Optional<ConfirmedView> winner = first(Role.SEARCHED);
    if (winner.isEmpty()) {
      return "These are figures of the images that chose the structures: nothing was confirmed.%n"
          .formatted();
    }
    ScoreView score = winner.get().confirmation();
    return "%s has %s on %d images that never chose a structure: %s; %s.%n"
        .formatted(
            winner.get().structure().id(),
            score,
            score.images(),
            against("uniform width", score, first(Role.UNIFORM)),
            against("the best of random", score, first(Role.RANDOM)));
  }

  private String fineTuned() {
    FineTunedReport tuned = report.fineTuned();
    return tuned == null ? "" : "%nTrained by themselves:%n%s".formatted(tuned.text());
  }

  private static String against(String name, ScoreView mine, Optional<ConfirmedView> baseline) {
    if (baseline.isEmpty()) {
      return name + " was not measured";
    }
    Difference difference =
        Difference.independent(mine.scored(), baseline.get().confirmation().scored());
    return "%s points against %s%s"
        .formatted(
            Words.points(difference), name, difference.certain() ? "" : ", which may be chance");
  }

  private Optional<ConfirmedView> first(Role role) {
    return report.confirmed().stream().filter(one -> one.role() == role).findFirst();
  }
}
